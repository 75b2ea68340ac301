import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { folderWith, gantry, startGantry } from './support/gantry.ts';
import { eventually, freePort, hello, isRunning } from './support/hello.ts';

const folders: string[] = [];
async function helloFolder(more = ''): Promise<{ folder: string; port: number }> {
  const port = await freePort();
  const folder = folderWith(hello(port, more));
  folders.push(folder);
  return { folder, port };
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await gantry('down', '--now').in(folder).run();
});

const answer = async (port: number) =>
  (await fetch(`http://127.0.0.1:${port}`)).json() as Promise<{ greeting: string; pid: number }>;

test('up --detach returns when everything is ready, and every verb speaks to the system until down', async () => {
  const { folder, port } = await helloFolder();
  const up = await gantry('up', '--detach').in(folder).run();
  expect(up).toMatchObject({
    code: 0,
    stdout: `site  http://localhost:${port}\nhello is ready in the background; gantry down stops it\n`,
  });
  // How long it took is known only to who saw it start: a quick service may be ready before anybody looks.
  expect(up.stderr).toMatch(/^api \* ready( after [\d.]+ s)? {2}http:\/\/localhost:\d+$/m);
  const { pid } = await answer(port);

  const status = await gantry('status').in(folder).run();
  expect(status.code).toBe(0);
  expect(status.stdout).toMatch(
    /^hello in local: ready, up [\d.]+ s, process \d+ in the background\n\nNAME +STATE +ADDRESS/,
  );
  const json = JSON.parse((await gantry('status', '--json').in(folder).run()).stdout);
  expect(json).toMatchObject({ system: 'hello', state: 'ready', root: '<folder>', supervisor: { detached: true } });

  await gantry('env', 'api')
    .in(folder)
    .gives({
      stdout: `GREETING=hello\nHOST=127.0.0.1\nNODE_ENV=development\nPORT=${port}\nPORT_HTTP=${port}\nTOKEN=******\n`,
    });
  const revealed = await gantry('env', 'api', '--reveal', '--export').in(folder).run();
  expect(revealed.stdout).toMatch(/^export TOKEN='\S{32}'$/m);

  await gantry('exec', 'api', '--', 'node', '-p', 'process.env.GREETING + process.cwd()')
    .in(folder)
    .gives({ stdout: 'hello<folder>/api\n' });
  await gantry('exec', 'api', 'sh', '-c', 'exit 7').in(folder).gives({ code: 7 });
  await gantry('open', '--print')
    .in(folder)
    .gives({ stdout: `http://localhost:${port}\n` });
  await gantry('open', 'api', '--print', '--format', 'json')
    .in(folder)
    .gives({ stdout: `{"address":"http://localhost:${port}"}\n` });
  await gantry('logs').in(folder).gives({ stdout: 'api | listening\napi | asked for /\n' });
  await gantry('logs', 'api', '--tail', '1').in(folder).gives({ stdout: 'api | asked for /\n' });

  const restart = await gantry('restart', 'api').in(folder).run();
  expect(restart).toMatchObject({ code: 0, stderr: '' });
  expect(restart.stdout).toMatch(/^NAME +STATE +ADDRESS.*\napi +● ready /);
  const { pid: next } = await answer(port);
  expect(next).not.toBe(pid);

  const again = await gantry('up', '--detach').in(folder).run();
  expect(again.code).toBe(0);
  expect(again.stderr).toMatch(/^hello runs already in the background \(process \d+\)$/m);

  await gantry('down').in(folder).gives({ stdout: 'hello in local is stopped\n' });
  expect(isRunning(next)).toBe(false);
  await gantry('down').in(folder).gives({ stdout: 'nothing is running\n' });
  await gantry('logs', '--tail', '1').in(folder).gives({ stdout: 'api | asked for /\n' });
});

test('verbs for a running system say that it does not run', async () => {
  const { folder } = await helloFolder();
  for (const words of [['status'], ['env', 'api'], ['exec', 'api', 'ls'], ['open'], ['restart', 'api']]) {
    const { stdout, stderr, code } = await gantry(...words)
      .in(folder)
      .run();
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toContain('[runtime/not-running]');
  }
});

test('names that are not there are wrong usage, with the nearest', async () => {
  const { folder } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  for (const words of [
    ['logs', 'apy'],
    ['restart', 'apy'],
    ['env', 'apy'],
    ['exec', 'apy', 'ls'],
    ['open', 'apy'],
  ]) {
    const { stdout, stderr, code } = await gantry(...words)
      .in(folder)
      .run();
    expect({ words, stdout, code }).toEqual({ words, stdout: '', code: 2 });
    expect(stderr).toContain('did you mean "api"?');
  }
});

test('a service that fails: up --detach shows why, stops the system and exits with 1', async () => {
  const { folder } = await helloFolder();
  writeFileSync(join(folder, 'api/server.js'), 'console.error("no such table"); process.exit(3);\n');
  const { stdout, stderr, code } = await gantry('up', '--detach', '--timeout', '20s').in(folder).run();
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  expect(stderr).toContain('no such table');
  expect(stderr).toContain('hello is stopped; gantry logs shows what it wrote, --keep leaves it running');
  await gantry('down').in(folder).gives({ stdout: 'nothing is running\n' });
});

test('what never becomes ready is given up at the timeout', async () => {
  const { folder } = await helloFolder();
  writeFileSync(join(folder, 'api/server.js'), 'setInterval(() => {}, 1000);\n');
  const { stderr, code } = await gantry('up', '--detach', '--timeout', '2s', '--keep').in(folder).run();
  expect(code).toBe(1);
  expect(stderr).toContain('error: not ready after 2 s: api [run/not-ready-in-time]');
  expect((await gantry('status').in(folder).run()).stdout).toMatch(/^api +◐ starting/m);
});

test('a broken model starts nothing', async () => {
  const { folder } = await helloFolder('secretz: {}\n');
  const { stdout, stderr, code } = await gantry('up').in(folder).run();
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  expect(stderr).toContain('did you mean "secrets"?');
});

test('up in a pipe writes plain lines, and SIGINT stops everything', async () => {
  const { folder, port } = await helloFolder();
  const up = startGantry(folder, 'up');
  await eventually('ready', () => up.stdout.includes('hello is ready; ctrl-C stops it'));
  const { pid } = await answer(port);
  await eventually('the line of the request', () => up.stdout.includes('api | asked for /\n'));
  up.child.kill('SIGINT');
  expect(await up.ended).toBe(0);
  expect(up.stderr).toBe('');
  expect(up.stdout).not.toContain('\x1b');
  expect(up.stdout).toMatch(/^api \* ready after [\d.]+ s {2}http/m);
  expect(up.stdout).toMatch(/hello is stopped\n$/);
  expect(isRunning(pid)).toBe(false);
});

test('a reader that goes away stops the system: gantry up | head', async () => {
  const { folder, port } = await helloFolder();
  const up = startGantry(folder, 'up');
  await eventually('ready', () => up.stdout.includes('is ready'));
  const { pid } = await answer(port);
  up.child.stdout.destroy();
  await answer(port).catch(() => undefined);
  expect(await up.ended).toBe(0);
  expect(isRunning(pid)).toBe(false);
});

test('a second up attaches to the background system and leaves it running', async () => {
  const { folder, port } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  const { pid } = await answer(port);
  const up = startGantry(folder, 'up');
  await eventually('the events', () => up.stdout.includes('hello is ready; gantry down stops it'));
  up.child.kill('SIGINT');
  expect(await up.ended).toBe(0);
  expect(up.stderr).toMatch(/^hello runs already in the background/);
  expect(up.stdout).toMatch(/hello runs on; gantry down stops it\n$/);
  expect((await answer(port)).pid).toBe(pid);
});

test('a second up names the process of the first when that is in a terminal', async () => {
  const { folder } = await helloFolder();
  const first = startGantry(folder, 'up');
  await eventually('ready', () => first.stdout.includes('is ready'));
  const { stderr, code } = await gantry('up').in(folder).run();
  expect(code).toBe(1);
  expect(stderr).toContain(`process ${first.child.pid}`);
  await gantry('down').in(folder).gives({ stdout: 'hello in local is stopped\n' });
  expect(await first.ended).toBe(0);
});

test('an edit of the model is carried over; a broken one is shown and changes nothing', async () => {
  const { folder, port } = await helloFolder();
  const up = startGantry(folder, 'up');
  await eventually('ready', () => up.stdout.includes('is ready'));
  const { pid } = await answer(port);
  const model = join(folder, 'gantry.yaml');
  const text = readFileSync(model, 'utf8');
  writeFileSync(model, text.replace('GREETING', 'GREETINK: x, GREETING'));
  writeFileSync(model, text.replace('env:', 'enw:'));
  await eventually('the error', () => up.stdout.includes('did you mean "env"?'));
  expect((await answer(port)).pid).toBe(pid);
  writeFileSync(model, text.replace('GREETING: hello', 'GREETING: goodbye'));
  await eventually('the new greeting', async () => (await answer(port)).greeting === 'goodbye');
  up.child.kill('SIGTERM');
  expect(await up.ended).toBe(0);
});

test('a broken edit of the model reaches whoever looks at the background system', async () => {
  const { folder } = await helloFolder();
  await gantry('up', '-d').in(folder).run();
  const up = startGantry(folder, 'up');
  await eventually('the events', () => up.stdout.includes('is ready'));
  const model = join(folder, 'gantry.yaml');
  writeFileSync(model, readFileSync(model, 'utf8').replace('env:', 'enw:'));
  await eventually('the error', () => up.stdout.includes('did you mean "env"?'));
  up.child.kill('SIGINT');
  expect(await up.ended).toBe(0);
});

test('secrets: kept from standard input, listed without their values, removed; a missing one stops up', async () => {
  const { folder } = await helloFolder();
  const model = join(folder, 'gantry.yaml');
  writeFileSync(model, readFileSync(model, 'utf8').replace('{generate: 32}', '{}'));
  const missing = await gantry('up', '-d').in(folder).run();
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('the secret token has no value');
  await gantry('secret', 'list').in(folder).gives({
    code: 1,
    stdout: 'token  no value: set TOKEN, or keep one\n\n1 secret without a value\n',
  });
  await gantry('secret', 'set', 'token').in(folder).input('s3cret-value\n').gives({ stdout: 'token is kept\n' });
  await gantry('secret', 'list').in(folder).gives({ stdout: 'token  kept in .gantry/\n' });
  await gantry('secret', 'list')
    .in(folder)
    .variable('TOKEN', 'x')
    .gives({ stdout: 'token  from the variable TOKEN\n' });
  await gantry('up', '-d').in(folder).run();
  await gantry('exec', 'api', '--', 'sh', '-c', 'printf %s "$TOKEN"').in(folder).gives({ stdout: 's3cret-value' });
  await gantry('secret', 'remove', 'token').in(folder).gives({ stdout: 'token is forgotten\n' });
  await gantry('secret', 'remove', 'token').in(folder).gives({ stdout: 'token had no kept value\n' });
  const unknown = await gantry('secret', 'set', 'tokn').in(folder).input('x').run();
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('did you mean "token"?');
  const empty = await gantry('secret', 'set', 'token').in(folder).input('').run();
  expect(empty.code).toBe(1);
  expect(empty.stderr).toContain('[secret/empty]');
});
