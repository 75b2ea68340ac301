import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Detection, ServiceFolder } from '../../src/languages/language.ts';
import { detectLanguage } from '../../src/languages/registry.ts';
import { checkRequirements } from '../../src/languages/requirements.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Writes files and looks at one folder of them. */
async function look(files: Record<string, string | object>, more: Partial<ServiceFolder> & { at?: string } = {}) {
  const root = await mkdtemp(join(tmpdir(), 'gantry-detect-'));
  folders.push(root);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const { at = '.', ...rest } = more;
  const found = await detectLanguage({ path: join(root, at), root, mode: 'development', ...rest });
  const plain = (text: string) => text.replaceAll(`${root}/`, '').replaceAll(root, '.');
  return { found, root, plain };
}

async function detected(...given: Parameters<typeof look>) {
  const { found, plain } = await look(...given);
  if (Array.isArray(found)) throw new Error(JSON.stringify(found, null, 2));
  return { ...found, run: found.recipe.run.argv.map(plain), steps: commands(found).map(plain) };
}

async function problems(...given: Parameters<typeof look>) {
  const { found } = await look(...given);
  if (!Array.isArray(found)) throw new Error(`it is ${found.language}`);
  return found;
}

const commands = ({ recipe }: Detection): string[] =>
  recipe.prepare.map(({ name, command }) => `${name}: ${command.argv.join(' ')}`);

describe('which language', () => {
  test('nothing to go by: what was looked for is listed', async () => {
    const [problem] = await problems({ 'notes/readme.md': 'x' }, { at: 'notes' });
    expect(problem).toMatchObject({
      code: 'language/not-detected',
      message: 'nothing in notes says how to run it',
      cure: 'add the manifest of its language, or say how it is started with `command` or `dev: {command: […]}`',
    });
    expect(problem?.related?.map(({ message }) => message)).toEqual([
      'node: looked for package.json',
      'python: looked for requirements.txt, pyproject.toml, manage.py, main.py, app.py',
      'rust: looked for Cargo.toml',
      'go: looked for go.mod',
      'java: looked for pom.xml, build.gradle, build.gradle.kts',
      'static: looked for index.html, public/index.html',
    ]);
  });

  test('a folder that is not there names a near one', async () => {
    expect(await problems({ 'services/gateway/main.py': '' }, { at: 'services/gatewy' })).toMatchObject([
      { code: 'language/no-folder', message: 'there is no folder services/gatewy', nearest: 'services/gateway' },
    ]);
  });

  const both = { 'package.json': { scripts: { start: 'node a.js' } }, 'requirements.txt': '', 'main.py': '' };
  test('two equally certain languages are told apart by the command, not by a guess', async () => {
    const [problem] = await problems(both);
    expect(problem).toMatchObject({
      code: 'language/ambiguous',
      message: 'the folder of the model could be node and python',
    });
    expect(problem?.related?.map(({ message }) => message)).toEqual([
      'node: package.json, its start script',
      'python: requirements.txt, main.py',
    ]);
    expect(await detected(both, { devCommand: ['python', 'main.py'] })).toMatchObject({ language: 'python' });
    expect(await detected(both, { command: ['npm', 'start'] })).toMatchObject({ language: 'node' });
  });

  test('a manifest for tools alone does not make a language of a folder', async () => {
    const tools = { 'package.json': { devDependencies: { prettier: '3' } } };
    expect(await detected({ ...tools, 'main.py': 'print(1)' })).toMatchObject({ language: 'python' });
    expect(await detected({ ...tools, 'index.html': '' })).toMatchObject({ language: 'static' });
    expect((await problems(tools)).map(({ code }) => code)).toContain('language/nothing-to-start');
  });

  test('a command alone is enough, and pages give way to it', async () => {
    const given = await detected({ 'index.html': '' }, { command: ['caddy', 'file-server', '--listen', '$PORT'] });
    expect(given).toMatchObject({ language: 'command', run: ['caddy', 'file-server', '--listen', '${PORT}'] });
  });
});

describe('manifests that are broken', () => {
  test.each([
    ['package.json', '{\n  "name": "x",\n  oops\n}', 3, 3],
    ['package.json', '{"name": ', 1, 10],
    ['pyproject.toml', '[project]\nname = \n', 2, 8],
    ['Cargo.toml', '[package\nname = "x"', 1, 9],
    ['pom.xml', '<project>\n  <a></b>\n</project>', 2, 6],
  ])('%s: %j', async (file, text, line, column) => {
    const [problem] = await problems({ [file]: text });
    expect(problem?.code).toBe('language/broken-manifest');
    expect(problem?.at).toMatchObject({ file, line, column });
    expect(problem?.message).toMatch(new RegExp(`^${file} cannot be read: .+[^.]$`));
    expect(problem?.message).not.toContain('\n');
  });

  test.each([
    { scripts: 5, dependencies: ['a'], engines: 'node', workspaces: 7, packageManager: {}, main: [] },
    [],
    'text',
    { workspaces: ['../../../..', '/etc/*'], scripts: { start: 'node a.js' } },
    JSON.parse('{"scripts": {"__proto__": "x", "constructor": "y"}, "__proto__": {"main": "z.js"}}'),
  ])('a package.json of any shape is no crash: %j', async (content) => {
    await expect(look({ 'package.json': JSON.stringify(content) })).resolves.toBeDefined();
  });
});

describe('node', () => {
  const start = (script: string, more: object = {}) => ({
    'package.json': { scripts: { start: script, ...more }, dependencies: { tsx: '4' } },
    'package-lock.json': '{}',
  });
  test.each([
    ['node dist/main.js', ['node', 'dist/main.js']],
    ['NODE_OPTIONS="--max-old-space-size=200" node a.js', ['node', 'a.js']],
    ['node \'a b.js\' "c d" e\\ f', ['node', 'a b.js', 'c d', 'e f']],
    ['server --port $PORT --host "${HOST:-0.0.0.0}"', ['server', '--port', '${PORT}', '--host', '${HOST}']],
    ['cross-env A=1 node a.js', ['node', 'a.js']],
    ['npx tsx a.ts', ['tsx', 'a.ts']],
    ['npm run serve', ['node', 'served.js']],
    ['node a.js && node b.js', ['sh', '-c', 'node a.js && node b.js']],
    ['node a.js > log.txt', ['sh', '-c', 'node a.js > log.txt']],
    ['node *.js', ['sh', '-c', 'node *.js']],
    ['node $(ls)', ['sh', '-c', 'node $(ls)']],
    ['node $HOME/a.js', ['sh', '-c', 'node $HOME/a.js']],
    ['node a.js --name $npm_package_name', ['npm', 'run', 'start']],
  ])('the start script %j runs as %j', async (script, run) => {
    expect((await detected(start(script, { serve: 'node served.js' }))).run).toEqual(run);
  });

  test('a script with another before it goes through the package manager', async () => {
    expect((await detected(start('node a.js', { prestart: 'node b.js' }))).run).toEqual(['npm', 'run', 'start']);
  });

  test('variables in front of a command become its environment', async () => {
    const { recipe } = await detected(start('A=1 B="two words" node a.js'));
    expect(recipe.run.environment).toEqual({ NODE_ENV: 'development', A: '1', B: 'two words' });
  });

  test('without scripts: main, then a usual name; TypeScript by tsx, or said to be impossible', async () => {
    const file = (more: object, ...names: string[]) => ({
      'package.json': more,
      ...Object.fromEntries(names.map((name) => [name, ''])),
    });
    expect((await detected(file({ main: 'lib/x.js' }, 'lib/x.js', 'main.js'))).run).toEqual(['node', 'lib/x.js']);
    expect((await detected(file({ main: 'gone.js' }, 'src/server.js'))).run).toEqual(['node', 'src/server.js']);
    const typed = { dependencies: { tsx: '4' } };
    expect((await detected(file(typed, 'src/main.ts'))).run).toEqual(['node', '--import', 'tsx', 'src/main.ts']);
    if (process.versions.node < '22')
      expect(await problems(file({}, 'src/main.ts'))).toMatchObject([{ code: 'language/typescript-without-build' }]);
  });

  test('a dev script that watches is left to watch; one beside a start script is not used', async () => {
    const dev = await detected({ 'package.json': { scripts: { dev: 'node --watch a.js', build: 'tsc' } } });
    expect(dev).toMatchObject({ run: ['node', '--watch', 'a.js'], steps: [], recipe: { reload: { kind: 'self' } } });
    const plain = await detected({ 'package.json': { scripts: { dev: 'node --watch a.js', start: 'node a.js' } } });
    expect(plain).toMatchObject({ run: ['node', 'a.js'], recipe: { reload: { kind: 'restart' } } });
  });

  test('the user’s own dev flags stay, port and host are the runtime’s', async () => {
    const files = (dev: string) => ({ 'package.json': { scripts: { dev }, dependencies: { next: '16' } } });
    const address = ['-H', '${HOST}', '-p', '${PORT}'];
    expect((await detected(files('next dev --turbo -p 3001 --hostname=0.0.0.0'))).run).toEqual([
      'next',
      'dev',
      '--turbo',
      ...address,
    ]);
    expect((await detected(files('next dev -H ${HOST:-0.0.0.0} -p ${PORT:-3001}'))).run).toEqual([
      'next',
      'dev',
      ...address,
    ]);
    expect((await detected(files('node server.js'))).run).toEqual(['node', 'server.js']);
  });

  test('Next.js in production: what the start script says, or its own server', async () => {
    const files = (start?: string) => ({
      'package.json': { scripts: { build: 'next build && node copy.mjs', start }, dependencies: { next: '16' } },
      'package-lock.json': '{}',
    });
    const own = await detected(files('node start.mjs'), { mode: 'production' });
    expect(own).toMatchObject({
      run: ['node', 'start.mjs'],
      recipe: { run: { environment: { HOSTNAME: '${HOST}' } } },
    });
    expect(own.steps[1]).toBe('build: sh -c next build && node copy.mjs');
    expect((await detected(files(), { mode: 'production' })).run).toEqual([
      'next',
      'start',
      '-H',
      '${HOST}',
      '-p',
      '${PORT}',
    ]);
  });

  test('vite for tests alone is no page', async () => {
    const files = { 'package.json': { scripts: { start: 'node a.js' }, devDependencies: { vite: '8' } } };
    expect(await detected(files)).toMatchObject({ framework: undefined, run: ['node', 'a.js'] });
  });

  const workspace = {
    'package.json': { workspaces: ['packages/*', '!packages/old', 'apps/**'], dependencies: {} },
    'package-lock.json': '{}',
    'packages/base/package.json': { name: '@a/base', main: 'dist/index.js', scripts: { build: 'tsc' } },
    'packages/kit/package.json': { name: '@a/kit', scripts: { build: 'tsc' }, dependencies: { '@a/base': '*' } },
    'packages/old/package.json': { name: '@a/old' },
    'apps/group/web/package.json': {
      name: '@a/web',
      scripts: { build: 'esbuild src/main.ts', start: 'node dist/main.js' },
      dependencies: { '@a/kit': 'workspace:*' },
    },
  };
  test('a workspace is installed once at its root; its own packages are built first, in turn, and watched', async () => {
    const { found, plain } = await look(workspace, { at: 'apps/group/web' });
    if (Array.isArray(found)) throw new Error(JSON.stringify(found));
    expect(found.recipe.prepare.map(({ name, key }) => [name, plain(key)])).toEqual([
      ['install', 'install .'],
      ['build @a/base', 'build packages/base'],
      ['build @a/kit', 'build packages/kit'],
      ['build', 'build apps/group/web'],
    ]);
    expect(found.recipe.prepare[0]?.command.cwd).toBe(plain('.') && folders.at(-1));
    expect(found.recipe.prepare[3]?.outputs.map(plain)).toEqual(['apps/group/web/dist/main.js']);
    if (found.recipe.reload.kind !== 'restart') throw new Error(found.recipe.reload.kind);
    expect(found.recipe.reload.watch.map(plain)).toEqual([
      'apps/group/web',
      'packages/base',
      'packages/kit',
      'package-lock.json',
      'package.json',
    ]);
  });

  test('a folder that the workspace leaves out is on its own', async () => {
    const { found, plain } = await look(
      {
        ...workspace,
        'packages/old/package.json': { main: 'a.js', dependencies: { ms: '2' } },
        'packages/old/a.js': '',
      },
      { at: 'packages/old' },
    );
    if (Array.isArray(found)) throw new Error(JSON.stringify(found));
    expect(found.recipe.prepare.map(({ key }) => plain(key))).toEqual(['install packages/old']);
    expect(found.diagnostics).toMatchObject([{ code: 'language/no-lockfile', severity: 'warning' }]);
  });

  test('packages that need each other in a circle are walked once', async () => {
    const circle = {
      'package.json': { workspaces: ['*'] },
      'a/package.json': { name: 'a', scripts: { start: 'node a.js' }, dependencies: { b: '*' } },
      'b/package.json': { name: 'b', scripts: { build: 'tsc' }, dependencies: { c: '*' } },
      'c/package.json': { name: 'c', scripts: { build: 'tsc' }, dependencies: { b: '*', a: '*' } },
    };
    expect((await detected(circle, { at: 'a' })).steps.slice(1)).toEqual(['build c: tsc', 'build b: tsc']);
  });

  test('a page under a dev server: the packages that it imports as built are built, and rebuilt', async () => {
    const files = {
      ...workspace,
      'apps/group/web/package.json': { name: '@a/web', dependencies: { '@a/base': '*', next: '16' } },
    };
    const { found, plain } = await look(files, { at: 'apps/group/web' });
    if (Array.isArray(found) || found.recipe.reload.kind !== 'self') throw new Error(JSON.stringify(found));
    expect(found.recipe.prepare.map(({ name }) => name)).toEqual(['install', 'build @a/base']);
    expect(found.recipe.reload.restart.map(plain)).toContain('packages/base/src');
  });

  test('what a build writes is not what it reads, also where tsconfig.json names another folder', async () => {
    const files = {
      'package.json': { scripts: { build: 'tsc', start: 'node lib/main.js' } },
      'tsconfig.json': '{\n  // Comments are allowed here.\n  "compilerOptions": { "outDir": "./lib" },\n}',
    };
    const { found, plain } = await look(files);
    if (Array.isArray(found) || found.recipe.reload.kind !== 'restart') throw new Error(JSON.stringify(found));
    expect(found.recipe.prepare[0]?.outputs.map(plain)).toEqual(['lib/main.js']);
    expect(found.recipe.prepare[0]?.ignore.map(plain)).toContain('lib');
    expect(found.recipe.reload.ignore.map(plain)).toContain('lib');
  });

  test('several lockfiles: the stated tool, or the first with a warning', async () => {
    const files = {
      'package.json': { main: 'a.js', dependencies: { ms: '2' } },
      'a.js': '',
      'package-lock.json': '{}',
      'pnpm-lock.yaml': '',
    };
    expect((await detected(files)).diagnostics.map(({ message }) => message)).toEqual([
      'the folder of the model has package-lock.json and pnpm-lock.yaml; package-lock.json is used',
    ]);
    const stated = {
      ...files,
      'package.json': { main: 'a.js', packageManager: 'pnpm@10.0.0', dependencies: { ms: '2' } },
    };
    expect(await detected(stated)).toMatchObject({ tool: 'pnpm', diagnostics: [] });
  });

  test('a command of the model’s: a dev command needs no build unless it names what is built', async () => {
    const files = { 'package.json': { scripts: { build: 'tsc', start: 'node dist/a.js' } } };
    expect((await detected(files, { devCommand: ['tsx', 'watch', 'src/a.ts'] })).steps).toEqual([]);
    expect((await detected(files, { devCommand: ['node', 'dist/b.js'] })).steps).toEqual(['build: tsc']);
    expect((await detected(files, { command: ['node', 'dist/b.js'] })).steps).toEqual(['build: tsc']);
  });
});

describe('python', () => {
  const app = (text: string, name = 'main.py', requirements = 'fastapi\nuvicorn[standard]>=0.3 # x\n') => ({
    'requirements.txt': requirements,
    [name]: text,
  });
  const address = ['--host', '${HOST}', '--port', '${PORT}'];
  test.each([
    [app('from fastapi import FastAPI\napi: FastAPI = FastAPI(title="x")'), ['main:api']],
    [app('import fastapi\napp = fastapi.FastAPI()', 'app/main.py'), ['app.main:app']],
    [app('app = Starlette(routes=[])', 'src/shop/server.py'), ['shop.server:app', '--app-dir', 'src']],
    [app('def create_app():\n    return FastAPI()'), ['main:create_app', '--factory']],
  ])('%j is served as %j', async (files, words) => {
    const places: Record<string, string> = Object.keys(files).some((name) => name.startsWith('src/'))
      ? { 'src/shop/__init__.py': '' }
      : {};
    expect((await detected({ ...files, ...places })).run).toEqual(['python', '-m', 'uvicorn', ...words, ...address]);
  });

  test('a server must be among the dependencies, also by an extra or in an included file', async () => {
    const text = 'app = FastAPI()';
    expect(await problems(app(text, 'main.py', 'fastapi'))).toMatchObject([{ code: 'language/no-server' }]);
    expect(await detected(app(text, 'main.py', 'fastapi[standard]'))).toMatchObject({ framework: 'fastapi' });
    const included = { ...app(text, 'main.py', '-r more/base.txt\nfastapi'), 'more/base.txt': 'Uvicorn' };
    expect(await detected(included)).toMatchObject({ framework: 'fastapi' });
  });

  test('pyproject.toml without a lockfile: its dependencies are installed, not the folder', async () => {
    const pyproject =
      '[project]\nname = "x"\nrequires-python = ">=3.10,<4"\ndependencies = ["flask>=3", "psycopg[binary]"]\n';
    const found = await detected({ 'pyproject.toml': pyproject, 'app.py': 'app = Flask(__name__)' });
    expect(found.steps[1]).toMatch(/ flask>=3 psycopg\[binary\]$/);
    expect(found.recipe.requires[0]?.versions).toBe('>=3.10 <4');
  });

  test('a virtual environment of the user’s own is used', async () => {
    const files = { ...app('app = FastAPI()'), '.venv/pyvenv.cfg': '', '.venv/bin/pip': '' };
    const { found, plain } = await look(files);
    if (Array.isArray(found)) throw new Error(JSON.stringify(found));
    expect(commands(found).map(plain)).toEqual([expect.stringMatching(/^install: \.venv\/bin\/python -m pip install/)]);
    expect(found.recipe.path.map(plain)).toEqual(['.venv/bin']);
  });

  test('local packages among the requirements are watched', async () => {
    const files = {
      ...app('app = FastAPI()', 'services/a/main.py', ''),
      'services/a/requirements.txt': 'fastapi\nuvicorn\n-e ../shared',
    };
    const { found, plain } = await look(files, { at: 'services/a' });
    if (Array.isArray(found) || found.recipe.reload.kind !== 'restart') throw new Error(JSON.stringify(found));
    expect(found.recipe.reload.watch.map(plain)).toEqual(['services/a', 'services/shared']);
  });
});

describe('rust, go and java', () => {
  test('several programs of a crate: default-run, or the command, or a question', async () => {
    const files = (more = '') => ({
      'Cargo.toml': `[package]\nname = "a"\nversion = "1.0.0"\n${more}`,
      'src/main.rs': '',
      'src/bin/migrate.rs': '',
    });
    expect(await problems(files())).toMatchObject([
      {
        code: 'language/several-programs',
        message: 'the folder of the model holds several programs: a and migrate',
        nearest: 'a',
      },
    ]);
    expect((await detected(files('default-run = "migrate"'))).run).toEqual(['target/debug/migrate']);
    const named = await detected(files(), { command: ['migrate', '--all'] });
    expect(named).toMatchObject({ run: ['migrate', '--all'], steps: ['build: cargo build --package a --bin migrate'] });
  });

  test('a member of a workspace builds into the target folder above', async () => {
    const files = {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]',
      'crates/web/Cargo.toml': '[package]\nname = "web"\n[dependencies]\nshared = { path = "../shared" }',
      'crates/web/src/main.rs': '',
      'crates/shared/Cargo.toml': '[package]\nname = "shared"',
      'crates/shared/src/lib.rs': '',
    };
    expect((await detected(files, { at: 'crates/web' })).run).toEqual(['target/debug/web']);
    expect((await detected(files)).run).toEqual(['target/debug/web']);
  });

  test('go: the folder’s own program, the one below cmd of its name, or a question', async () => {
    const main = (name: string) => ({ [`${name}`]: '// Program.\npackage main\n' });
    const module = { 'go.mod': 'module example.com/acme/orders\n' };
    expect((await detected({ ...module, ...main('main.go') })).run[0]).toMatch(/\/orders$/);
    const two = { ...module, ...main('cmd/orders/main.go'), ...main('cmd/tool/main.go') };
    expect((await detected(two)).because).toEqual(['go.mod', 'package main in cmd/orders']);
    const none = { ...module, ...main('cmd/a/main.go'), ...main('cmd/b/main.go') };
    expect(await problems(none)).toMatchObject([
      { message: 'the folder of the model holds several programs: cmd/a and cmd/b' },
    ]);
    expect(await problems({ ...module, 'lib.go': 'package lib' })).toMatchObject([
      { code: 'language/nothing-to-start' },
    ]);
    expect((await detected({ ...module, ...main('services/a/main.go') }, { at: 'services/a' })).run[0]).toMatch(/\/a$/);
  });

  const plugin = '<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>';
  test('Spring Boot by Maven: the jar’s name from the pom, with what it inherits and refers to', async () => {
    const pom = `<project><parent><version>2.0</version></parent><artifactId>shop</artifactId>
      <properties><java.version>17</java.version></properties>${plugin}</project>`;
    const found = await detected({ 'pom.xml': pom, mvnw: '' });
    expect(found).toMatchObject({ framework: 'spring-boot', run: ['java', '-jar', 'target/shop-2.0.jar'] });
    expect(found.recipe.run.environment).toMatchObject({ SERVER_PORT: '${PORT}', SERVER_ADDRESS: '${HOST}' });
    expect(found.recipe.requires.map(({ program, versions }) => [program, versions])).toEqual([['java', '>=17']]);
    const named = pom.replace('<build>', '<build><finalName>${project.artifactId}-app</finalName>');
    expect((await detected({ 'pom.xml': named })).run).toEqual(['java', '-jar', 'target/shop-app.jar']);
  });

  test('a module of a Maven build is built from above, with what it needs', async () => {
    const files = {
      'pom.xml': '<project><modules><module>web</module></modules></project>',
      'web/pom.xml': `<project><artifactId>web</artifactId><version>1</version>${plugin}</project>`,
    };
    expect((await detected(files, { at: 'web' })).steps[0]).toMatch(/--projects web --also-make package$/);
  });

  test('Gradle: Spring Boot, and a subproject with the application plugin', async () => {
    const boot = {
      'settings.gradle.kts': 'rootProject.name = "shop"',
      'build.gradle.kts': 'plugins { id("org.springframework.boot") version "3.5.0" }\nversion = "0.1"\n',
    };
    expect(await detected(boot)).toMatchObject({
      framework: 'spring-boot',
      run: ['java', '-jar', 'build/libs/shop-0.1.jar'],
    });
    const sub = { 'settings.gradle': "include 'web'", 'web/build.gradle': "plugins { id 'application' }", gradlew: '' };
    const found = await detected(sub, { at: 'web' });
    expect(found).toMatchObject({ run: ['web/build/install/web/bin/web'] });
    expect(found.steps[0]).toMatch(/gradlew .*:web:installDist$/);
  });
});

test('programs that are missing or of a wrong version: one diagnostic each, with who needs them', async () => {
  const recipe = (program: string, versions?: string) => ({
    requires: [{ program, versions, from: 'engines.node of package.json', cure: 'install it' }],
    prepare: [],
    run: { argv: [], cwd: tmpdir(), environment: {} },
    path: [],
    reload: { kind: 'none' as const },
  });
  const found = await checkRequirements({
    a: recipe('no-such-program'),
    b: recipe('no-such-program', '>=2'),
    c: recipe('node', '>=99'),
    d: recipe('node', '>=99'),
    e: recipe('node', '>=18'),
    f: recipe('node', 'not a range'),
  });
  expect(found).toEqual([
    {
      code: 'language/missing-program',
      severity: 'error',
      message: 'no-such-program is not on PATH; a and b need it',
      cure: 'install it',
    },
    {
      code: 'language/wrong-version',
      severity: 'error',
      message: `node is ${process.versions.node}, but >=99 is wanted (engines.node of package.json)`,
      cure: 'install it',
    },
  ]);
});
