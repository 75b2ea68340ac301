import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, gantry } from './support/gantry.ts';

const shop = {
  'gantry.yaml': `system: shop
services:
  api:
    source: api
    port: 3000
    env: {DATABASE_URL: "\${db.url}", KEY: "\${secrets.key}"}
  web: {source: web, port: 3001, env: {API_URL: "\${api.url}"}}
backing:
  db: {type: postgres}
secrets:
  key: {generate: 32}
routes:
  site: {host: shop.local, service: web}
environments:
  local: {}
  production: {services: {api: {scale: 3}}}
`,
};

const broken = {
  'gantry.yaml': `system: shop
services:
  api:
    source: api
    port: 3000
    env: {DATABASE_URL: "\${bd.url}", CACHE: "\${cache.urls}"}
backing:
  db: {type: postgres}
  cache: {type: redis}
`,
};

test('check says that a good model is good', () =>
  gantry('check').in(shop).gives({
    stdout: 'gantry.yaml is good: shop in local, 2 services, 1 backing service, 2 connections\n',
  }));

test('check says everything that is wrong, at its place, and exits with 1', () =>
  gantry('check')
    .in(broken)
    .gives({
      code: 1,
      stderr: `error: nothing here is called "bd" [reference/unknown-name]
  at gantry.yaml:6:26
    6 |     env: {DATABASE_URL: "\${bd.url}", CACHE: "\${cache.urls}"}
      |                          ^^^^^^^^^ did you mean "db"?
  cure: a reference can begin with: api, db, cache, secrets, routes, variables, environment, service, system; write $\${bd.url} where the characters themselves are meant

error: Redis (cache) has no attribute "urls" [reference/unknown-attribute]
  at gantry.yaml:6:46
    6 |     env: {DATABASE_URL: "\${bd.url}", CACHE: "\${cache.urls}"}
      |                                              ^^^^^^^^^^^^^ did you mean "url"?
  cure: it has: url, host, port, user, password
`,
    }));

test('errors are JSON on standard output when that is asked for', async () => {
  const { stdout, stderr, code } = await gantry('check', '--format', 'json').in(broken).run();
  expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
  const { diagnostics } = JSON.parse(stdout);
  expect(diagnostics[0]).toMatchObject({ code: 'reference/unknown-name', severity: 'error', nearest: 'db' });
  expect(diagnostics[0].at).toEqual({ file: 'gantry.yaml', line: 6, column: 26, length: 9 });
});

test('plan shows services, connections and the order of start', () =>
  gantry('plan')
    .in(shop)
    .gives({
      stdout: `shop in local

Services
  api  web  3000 http  1 replica
  web  web  3001 http  1 replica

Backing services
  db  postgres 17  managed

Connections
  api  -> db:5432   postgres  DATABASE_URL
  web  -> api:3000  http      API_URL

Routes
  site  http://shop.local/  to web

Secrets
  key  made, 32 characters

Start order
  1.  db
  2.  api
  3.  web
`,
    }));

test('plan --json is the plan of the environment', async () => {
  const { stdout, stderr, code } = await gantry('plan', '-e', 'production', '--json').in(shop).run();
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  const plan = JSON.parse(stdout);
  expect(plan.apiVersion).toBe('gantry/plan/v1');
  expect(plan.environment).toBe('production');
  expect(plan.workloads.api.scale).toMatchObject({ min: 3, max: 3 });
});

test('what a gantry.config.ts prints does not end up in the result', async () => {
  const files = {
    'gantry.config.ts': `import { defineSystem } from 'gantry';
console.log('hello from the config');
process.stdout.write('and again\\n');
export default defineSystem({ system: 'chatty', services: { api: { source: 'api', port: 3000 } } });
`,
  };
  const { stdout, stderr, code } = await gantry('plan', '--json').in(files).run();
  expect({ stderr, code }).toEqual({ stderr: 'hello from the config\nand again\n', code: 0 });
  expect(JSON.parse(stdout).system).toBe('chatty');
});

test('graph writes a picture to a file', async () => {
  const folder = folderWith(shop);
  await gantry('graph', '--format', 'svg', '-o', 'system.svg').in(folder).gives({});
  expect(readFileSync(join(folder, 'system.svg'), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

test('graph --format mermaid is a flowchart', async () => {
  const { stdout } = await gantry('graph', '--format', 'mermaid').in(shop).run();
  expect(stdout).toMatch(/^flowchart /);
});

test('the model is found in a folder above', async () => {
  const folder = folderWith({ ...shop, 'api/src/index.js': '' });
  await gantry('check').in(join(folder, 'api/src')).gives({
    stdout: 'gantry.yaml is good: shop in local, 2 services, 1 backing service, 2 connections\n',
  });
});

test('a folder that was named is not left', async () => {
  const folder = folderWith({ ...shop, 'api/package.json': '{}' });
  const { stderr, code } = await gantry('check', '--dir', 'api').in(folder).run();
  expect(code).toBe(1);
  expect(stderr).toContain('[file/no-model]');
});

test('an unknown environment is wrong usage, with the nearest one', async () => {
  const { stderr, code } = await gantry('plan', '-e', 'prodution').in(shop).run();
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean "production"?');
});

test('init writes a model of what is there, which is good, and never writes twice', async () => {
  const folder = folderWith({
    'services/api/package.json': JSON.stringify({ name: 'api', scripts: { start: 'node index.js' } }),
    'services/api/index.js': '',
    'services/worker/pyproject.toml': '[project]\nname = "worker"\nversion = "1"\n',
    'services/worker/main.py': 'print("hello")\n',
  });
  const { stdout, code, stderr } = await gantry('init').in(folder).run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('services/api');
  const text = readFileSync(join(folder, 'gantry.yaml'), 'utf8');
  expect((await gantry('check').in(folder).run()).code).toBe(0);
  const again = await gantry('init').in(folder).run();
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('[model/exists]');
  expect(readFileSync(join(folder, 'gantry.yaml'), 'utf8')).toBe(text);
});

test('init says when nothing is there', async () => {
  const { stderr, code } = await gantry('init').in({ 'notes.txt': '' }).run();
  expect(code).toBe(1);
  expect(stderr).toContain('[model/nothing-detected]');
});

test('schema is a JSON Schema with a description for every key', async () => {
  const { stdout, code } = await gantry('schema').run();
  expect(code).toBe(0);
  const schema = JSON.parse(stdout);
  expect(schema.$schema).toContain('json-schema.org');
  expect(Object.keys(schema.properties)).toContain('services');
});

test('schema --plan is the schema of the plan', async () => {
  const { stdout, code } = await gantry('schema', '--plan').run();
  expect(code).toBe(0);
  expect(JSON.parse(stdout).title).toBe('Gantry plan');
});
