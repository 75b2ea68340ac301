import type { Application } from './application.ts';
import type { Project } from './project.ts';

const asynchronous = new Set(['fastapi', 'starlette', 'litestar', 'quart']);
const address = ['--host', '${HOST}', '--port', '${PORT}'];

/** Arguments that run an application, and which server that is. */
export interface Server {
  argv: string[];
  name: string;
}

/**
 * How an application is served: uvicorn for asynchronous frameworks; gunicorn in production for the others where it is
 * among the dependencies; else the framework's own development server, without its reloader (the runtime restarts it);
 * a file without a framework is run as it is.
 */
export function serverFor(app: Application, project: Project, mode: 'development' | 'production'): Server | undefined {
  const has = (name: string) => project.dependencies.has(name);
  const object = `${app.module}:${app.object}`;
  const base = app.base ? ['--app-dir', app.base] : [];
  if (app.framework && asynchronous.has(app.framework)) {
    if (has('uvicorn') || has('fastapi[standard]') || has('fastapi[all]')) {
      const factory = app.factory ? ['--factory'] : [];
      return { name: 'uvicorn', argv: ['python', '-m', 'uvicorn', object, ...base, ...factory, ...address] };
    }
    if (has('hypercorn'))
      return { name: 'hypercorn', argv: ['python', '-m', 'hypercorn', object, '--bind', '${HOST}:${PORT}'] };
    return undefined;
  }
  if (app.framework && mode === 'production' && has('gunicorn')) {
    const called = app.factory ? `${object}()` : object;
    return { name: 'gunicorn', argv: ['python', '-m', 'gunicorn', '--bind', '${HOST}:${PORT}', called] };
  }
  if (app.framework === 'django')
    return { name: 'runserver', argv: ['python', 'manage.py', 'runserver', '${HOST}:${PORT}', '--noreload'] };
  if (app.framework === 'flask') {
    const called = app.factory ? `${object}()` : object;
    return { name: 'flask', argv: ['python', '-m', 'flask', '--app', called, 'run', ...address] };
  }
  if (app.file.endsWith('__main__.py') && app.module !== '__main__')
    return { name: 'python', argv: ['python', '-m', app.module.replace(/\.__main__$/, '')] };
  return { name: 'python', argv: ['python', app.file] };
}
