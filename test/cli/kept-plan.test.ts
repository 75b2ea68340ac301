import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { folderWith, gantry } from './support/gantry.ts';
import { freePort, hello } from './support/hello.ts';

let folder = '';
afterEach(() => gantry('down', '--now').in(folder).run());

/** A system whose model was written a while ago, as one is that nobody edits. */
async function settled(): Promise<{ port: number; model: string; kept: string }> {
  const port = await freePort();
  folder = folderWith(hello(port));
  const model = join(folder, 'gantry.yaml');
  age(model);
  return { port, model, kept: join(folder, '.gantry', 'plans', 'local.json') };
}
const age = (path: string) => utimesSync(path, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));

const start = async () => {
  const up = await gantry('up', '--detach').in(folder).run();
  expect(up).toMatchObject({ code: 0 });
};
const stop = () => gantry('down').in(folder).run();
const greeting = async (port: number) =>
  ((await (await fetch(`http://127.0.0.1:${port}`)).json()) as { greeting: string }).greeting;

test('a start that changes nothing keeps its plan, closed to others; the next one begins with it', async () => {
  const { port, kept } = await settled();
  await start();
  await stop();
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, '.gantry', '.gitignore'), 'utf8')).toBe('*\n');

  // Only a start that really begins with what was kept greets like this.
  const text = readFileSync(kept, 'utf8');
  expect(text).toContain('"GREETING":["hello"]');
  writeFileSync(kept, text.replace('"GREETING":["hello"]', '"GREETING":["kept"]'));
  await start();
  expect(await greeting(port)).toBe('kept');
});

test('an edit of the model is seen, also one that keeps its size and its time', async () => {
  const { port, model } = await settled();
  await start();
  await stop();
  writeFileSync(model, readFileSync(model, 'utf8').replace('GREETING: hello', 'GREETING: hullo'));
  age(model);
  await start();
  expect(await greeting(port)).toBe('hullo');
});

test('what is kept is made anew when it is broken, and not kept of a model that was just edited', async () => {
  const { port, model, kept } = await settled();
  await start();
  await stop();
  writeFileSync(kept, '{"program":');
  await start();
  expect(await greeting(port)).toBe('hello');
  await stop();

  writeFileSync(kept, '{}');
  utimesSync(model, new Date(Date.now() + 60_000), new Date(Date.now() + 60_000));
  await start();
  expect(readFileSync(kept, 'utf8')).toBe('{}');
  expect(existsSync(model)).toBe(true);
});
