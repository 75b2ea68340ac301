import { join } from 'node:path';
import { languageNoServer, languageNothingToStart } from '../../diagnostics/catalogue/language.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fillableCommand } from '../command.ts';
import { reloadsItself } from '../given-command.ts';
import type { Detection, Language, ServiceFolder } from '../language.ts';
import { shownPath } from '../manifest.ts';
import { restartOn } from '../reload.ts';
import { type Application, findApplication } from './application.ts';
import { environmentOf } from './environment.ts';
import { type Project, readProject } from './project.ts';
import { serverFor } from './server.ts';

/** Python, by requirements.txt, pyproject.toml or a program of a usual name. */
export const python: Language = {
  name: 'python',
  looksFor: ['requirements.txt', 'pyproject.toml', 'manage.py', 'main.py', 'app.py'],
  programs: ['python', 'python3', 'uvicorn', 'gunicorn', 'flask', 'hypercorn', 'django-admin', 'uv', 'poetry'],
  async detect(folder) {
    const project = await readProject(folder.path, folder.root);
    const app = await findApplication(folder.path);
    return project.found.length > 0 || app ? describe(folder, project, app) : undefined;
  },
};

async function describe(folder: ServiceFolder, project: Project, app: Application | undefined): Promise<Detection> {
  const given = folder.devCommand ?? folder.command;
  const environment = await environmentOf(project, folder.root);
  const server = app && serverFor(app, project, folder.mode);
  const argv = given ?? server?.argv;
  const shown = shownPath(folder.path, folder.root);
  const diagnostics: Diagnostic[] = [...project.diagnostics];
  if (!argv && app) diagnostics.push(languageNoServer(shown, app.framework ?? '', app.file));
  else if (!argv)
    diagnostics.push(
      languageNothingToStart(shown, 'python', ['main.py', 'app.py with an application object', 'manage.py']),
    );
  const because = [...project.found];
  if (app && !because.includes(app.file)) because.push(app.file);
  if (app?.object) because.push(`${app.framework} application \`${app.object}\``);
  const inputs = environment.steps.flatMap((step) => step.inputs);
  const manifests = [...new Set(inputs.filter((input) => !input.endsWith('pyvenv.cfg')))];
  const written = ['dist', 'build', 'venv'].map((name) => join(folder.path, name));
  return {
    language: 'python',
    framework: app?.framework,
    tool: project.tool,
    because,
    certainty: !argv ? 'nothing-to-start' : project.found.length > 0 ? 'manifest' : 'files',
    recipe: {
      requires: environment.requires,
      prepare: environment.steps,
      run: fillableCommand(argv ?? [], folder.path, {
        VIRTUAL_ENV: environment.folder,
        // Lines would otherwise come only when some kilobytes of them are there.
        PYTHONUNBUFFERED: '1',
        ...(app?.base ? { PYTHONPATH: join(folder.path, app.base) } : {}),
      }),
      path: [join(environment.folder, 'bin')],
      reload:
        given && reloadsItself(given)
          ? { kind: 'self', restart: manifests }
          : restartOn(
              [folder.path, ...project.locals, ...manifests],
              [...written, '*.egg-info', '*.sqlite3'],
              environment.steps,
            ),
    },
    diagnostics,
  };
}
