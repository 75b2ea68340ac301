import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { folderWith, gantry, startGantry } from './support/gantry.ts';
import { eventually, freePort, hello } from './support/hello.ts';

const folders: [string, ...string[]][] = [];
afterEach(async () => {
  for (const [folder, ...words] of folders.splice(0))
    await gantry('down', '--now', ...words)
      .in(folder)
      .run();
});

async function helloFolder(more = ''): Promise<{ folder: string; port: number }> {
  const port = await freePort();
  const folder = folderWith(hello(port, more));
  folders.push([folder]);
  return { folder, port };
}

const ask = (port: number, path = '/') => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.json());

test('logs -f shows what is there and what comes, as text or one JSON object a line', async () => {
  const { folder, port } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  await ask(port, '/first');
  const text = startGantry(folder, 'logs', '-f', 'api');
  const json = startGantry(folder, 'logs', '--follow', '--format', 'json');
  for (const { stdout } of [text, json]) expect(stdout).not.toContain('second');
  await eventually('the first line', () => text.stdout.includes('/first') && json.stdout.includes('/first'));
  await ask(port, '/second');
  await eventually('the second line', () => text.stdout.includes('/second') && json.stdout.includes('/second'));
  for (const follower of [text, json]) follower.child.kill('SIGINT');
  expect(await Promise.all([text.ended, json.ended])).toEqual([0, 0]);
  expect(text.stdout).toBe('api | listening\napi | asked for /first\napi | asked for /second\n');
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ name: 'api', stream: 'stdout', line: 'asked for /second' });
});

test('logs --since leaves older lines out', async () => {
  const { folder, port } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  await eventually('the first line', async () => (await gantry('logs').in(folder).run()).stdout.includes('listening'));
  await new Promise((resolve) => setTimeout(resolve, 2100));
  await ask(port, '/new');
  await gantry('logs', '--since', '2s').in(folder).gives({ stdout: 'api | asked for /new\n' });
});

test('open gives the address to the browser', async () => {
  const { folder, port } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  const browser = join(folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${folder}/opened'\n`);
  chmodSync(browser, 0o755);
  await gantry('open')
    .in(folder)
    .variable('BROWSER', browser)
    .gives({ stdout: `http://localhost:${port}\n` });
  await eventually(
    'the browser',
    () => existsSync(join(folder, 'opened')) && readFileSync(join(folder, 'opened'), 'utf8'),
  );
  expect(readFileSync(join(folder, 'opened'), 'utf8')).toBe(`http://localhost:${port}`);
});

test('up SERVICE starts it and what it needs, and nothing else', async () => {
  const [api, web, other] = await Promise.all([freePort(), freePort(), freePort()]);
  const server = hello(0)['api/server.js'] ?? '';
  const folder = folderWith({
    'package.json': '{"type":"module","scripts":{"start":"node server.js"}}',
    'server.js': server,
    'gantry.yaml': `system: three
services:
  api: {source: ., command: [node, server.js], port: ${api}}
  web: {source: ., command: [node, server.js], port: ${web}, env: {API_URL: "\${api.url}"}}
  other: {source: ., command: [node, server.js], port: ${other}}
`,
  });
  folders.push([folder]);
  const up = await gantry('up', 'web', '-d').in(folder).run();
  expect(up.code, up.stderr).toBe(0);
  const { processes } = JSON.parse((await gantry('status', '--json').in(folder).run()).stdout);
  expect(processes.map(({ name }: { name: string }) => name).sort()).toEqual(['api', 'web']);
  const unknown = await gantry('up', 'wep').in(folder).run();
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('did you mean "web"?');
});

test('two environments of one system run side by side, and each verb speaks to its own', async () => {
  const { folder } = await helloFolder(
    'environments:\n  local: {}\n  other: {services: {api: {env: {GREETING: other}}}}\n',
  );
  folders.push([folder, '-e', 'other']);
  await gantry('up', '-d').in(folder).run();
  const up = await gantry('up', '-d', '-e', 'other').in(folder).run();
  expect(up.code, up.stderr).toBe(0);
  const greeting = (...words: string[]) =>
    gantry('exec', ...words, 'api', 'sh', '-c', 'printf %s $GREETING')
      .in(folder)
      .run();
  expect((await greeting()).stdout).toBe('hello');
  expect((await greeting('-e', 'other')).stdout).toBe('other');
  await gantry('down', '-e', 'other').in(folder).gives({ stdout: 'hello in other is stopped\n' });
  expect((await greeting()).stdout).toBe('hello');
});

test('a system described in TypeScript runs, and an edit of an imported file is carried over', async () => {
  const port = await freePort();
  const files = hello(port);
  delete files['gantry.yaml'];
  const folder = folderWith({
    ...files,
    'greeting.ts': `export const greeting: string = 'one';\n`,
    'gantry.config.ts': `import { defineSystem } from 'gantry';
import { greeting } from './greeting.ts';

export default defineSystem({ system: 'typed', services: { api: { source: 'api', port: ${port}, env: { GREETING: greeting } } } });
`,
  });
  folders.push([folder]);
  const up = await gantry('up', '-d').in(folder).run();
  expect(up.code, up.stderr).toBe(0);
  expect(await ask(port)).toMatchObject({ greeting: 'one' });
  writeFileSync(join(folder, 'greeting.ts'), `export const greeting: string = 'two';\n`);
  await eventually('the new greeting', async () => ((await ask(port)) as { greeting: string }).greeting === 'two');
});
