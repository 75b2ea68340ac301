import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith } from '../cli/support/gantry.ts';
import { freePort, hello } from '../cli/support/hello.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const config = `import { defineSystem } from 'gantry';

export default defineSystem({
  system: 'typed',
  services: { api: { source: 'api', port: 3000, env: { DATABASE_URL: '\${db.url}' } } },
  backing: { db: { type: 'postgres', version: 15 } },
});
`;

/** A whole run of a program: npm, or the installed gantry. */
function run(folder: string, program: string, ...words: string[]) {
  const kept = ['PATH', 'HOME', 'GANTRY_CACHE', 'XDG_CACHE_HOME', 'TMPDIR'];
  const environment = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  const proxies = Object.entries(process.env).filter(([name]) => /proxy|^npm_config_|ssl|node_extra_ca/i.test(name));
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, ...Object.fromEntries(proxies) },
  });
  return { code: status, stdout, stderr };
}

let project = '';
let packed: string[] = [];

beforeAll(() => {
  const folder = folderWith({ 'package.json': '{"name":"elsewhere","private":true,"type":"module"}' });
  const pack = run(root, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  expect(pack.code, pack.stderr).toBe(0);
  const [{ filename, files }] = JSON.parse(pack.stdout);
  packed = files.map(({ path }: { path: string }) => path).sort();
  const install = run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename));
  expect(install.code, install.stderr).toBe(0);
  project = folder;
});

const gantry = (folder: string, ...words: string[]) => run(folder, join(project, 'node_modules/.bin/gantry'), ...words);

const running: string[] = [];
afterAll(() => {
  for (const folder of running) gantry(folder, 'down', '--now');
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

test('holds only what runs', () => {
  const parts = packed.filter((path) => path.startsWith('dist/parts/'));
  for (const path of parts) expect(path).toMatch(/^dist\/parts\/[\w.-]+-[\w-]{8}\.js$/);
  const assets = filesBelow(join(root, 'src'))
    .filter((path) => path.endsWith('.py'))
    .map((path) => `dist/assets/${path}`);
  expect(packed.filter((path) => !parts.includes(path))).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/LICENSES.txt',
      ...assets,
      'dist/cli.js',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/plan.schema.json',
      'dist/schema.json',
      'dist/static-server.js',
      'package.json',
    ].sort(),
  );
});

test('brings one package beside itself: esbuild with its binary', () => {
  const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(installed.sort()).toEqual(['@esbuild', 'esbuild', 'gantry']);
});

test('both names run', () => {
  const { stdout, code } = gantry(project, '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: gantry [options] [command]');
  expect(run(project, join(project, 'node_modules/.bin/g'), '--help').stdout).toBe(stdout);
  expect(run(project, 'npx', '--no', 'gantry', 'version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('plans a YAML model', () => {
  const folder = folderWith({ 'gantry.yaml': 'system: yes-yaml\nservices: {api: {source: api, port: 3000}}\n' });
  const { stdout, stderr, code } = gantry(folder, 'plan', '--json');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(JSON.parse(stdout).system).toBe('yes-yaml');
});

test('plans a gantry.config.ts that imports it, installed here or not', () => {
  const { stdout, stderr, code } = gantry(folderWith({ 'gantry.config.ts': config }), 'plan', '--json');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(JSON.parse(stdout).workloads.api.environment.DATABASE_URL).toEqual([
    { kind: 'backing', name: 'db', attribute: 'url' },
  ]);
});

test('its types check a config, libraries included, and refuse a reference to nothing', () => {
  const compilerOptions = {
    strict: true,
    module: 'NodeNext',
    target: 'ES2023',
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  writeFileSync(join(project, 'good.ts'), config);
  writeFileSync(join(project, 'bad.ts'), config.replace('${db.url}', '${bd.url}'));
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['good.ts', 'bad.ts'] }));
  const { stdout } = run(project, join(root, 'node_modules/.bin/tsc'), '-p', '.');
  const errors = stdout.split('\n').filter((line) => line.includes('error TS'));
  expect(errors.filter((line) => !line.startsWith('bad.ts'))).toEqual([]);
  expect(errors).toHaveLength(1);
});

test('runs a Node service with PostgreSQL, from up to down', async () => {
  const port = await freePort();
  const files = hello(port, 'backing:\n  db: {type: postgres}\n');
  files['gantry.yaml'] = String(files['gantry.yaml']).replace('{GREETING: hello,', '{GREETING: "${db.url}",');
  const folder = folderWith(files);
  running.push(folder);
  const up = gantry(folder, 'up', '--detach', '--timeout', '3m');
  expect(up.code, up.stderr).toBe(0);
  const { greeting } = (await (await fetch(`http://127.0.0.1:${port}`)).json()) as { greeting: string };
  expect(greeting).toMatch(/^postgres(ql)?:\/\//);
  const status = JSON.parse(gantry(folder, 'status', '--json').stdout);
  expect(status.processes.map(({ name, state }: { name: string; state: string }) => [name, state]).sort()).toEqual([
    ['api', 'ready'],
    ['db', 'ready'],
  ]);
  expect(gantry(folder, 'down')).toEqual({ code: 0, stdout: 'hello in local is stopped\n', stderr: '' });
});
