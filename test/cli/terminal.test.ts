import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { folderWith, gantry } from './support/gantry.ts';
import { eventually, freePort, hello, isRunning } from './support/hello.ts';
import { hasTmux, openTerminal } from './support/tmux.ts';

const folders: string[] = [];
async function helloFolder(): Promise<{ folder: string; port: number }> {
  const port = await freePort();
  const folder = folderWith(hello(port));
  folders.push(folder);
  return { folder, port };
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await gantry('down', '--now').in(folder).run();
});

const processOf = async (port: number): Promise<number> =>
  ((await (await fetch(`http://127.0.0.1:${port}`)).json()) as { pid: number }).pid;

describe.skipIf(!hasTmux)(hasTmux ? 'on a terminal' : 'on a terminal: not run, there is no tmux', () => {
  test('up shows the table, the output above it, and ctrl-C leaves nothing behind', async () => {
    const { folder, port } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows(/hello 1\/1 ready · ready in [\d.]+ s/);
    const pid = await processOf(port);
    await terminal.shows('api | asked for /');
    const lines = terminal.screen().split('\n');
    expect(lines.at(-3)).toMatch(/^NAME +STATE +ADDRESS/);
    expect(lines.at(-2)).toMatch(new RegExp(`^api +● ready +http://localhost:${port}`));
    expect(lines.at(-1)).toMatch(/\? help {2}f filter {2}r restart {2}o open {2}q quit$/);
    expect(terminal.screen()).toContain(`site  http://localhost:${port}`);
    expect(terminal.colored()).toContain('\x1b[32m● ready');
    expect(terminal.cursorShown()).toBe(false);
    expect(terminal.echoes()).toBe(false);
    terminal.press('C-c');
    await terminal.shows('code 0');
    expect(terminal.cursorShown()).toBe(true);
    expect(terminal.echoes()).toBe(true);
    expect(isRunning(pid)).toBe(false);
    const left = terminal.everything();
    expect(left).toContain('api | asked for /');
    expect(left).toContain('hello is stopped');
    expect(left).not.toMatch(/NAME +STATE|\? help/);
  });

  test('keys: help, choice, filter, restart, and q', async () => {
    const { folder, port } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('ready in');
    const pid = await processOf(port);
    terminal.type('?');
    await terminal.shows('↑ ↓ or j k');
    terminal.type('?');
    terminal.type('r');
    await terminal.shows('choose a service with ↑ ↓ to restart it');
    terminal.press('Down');
    terminal.type('f');
    await terminal.shows('── only api ──');
    await terminal.shows('only api ');
    terminal.type('r');
    await eventually('another process', async () => (await processOf(port)) !== pid);
    terminal.type('/');
    terminal.type('nothing like it');
    await terminal.shows('/nothing like it▏');
    terminal.press('Enter');
    await terminal.shows('with "nothing like it"');
    terminal.type('q');
    await terminal.shows('code 0');
  });

  test.each([
    [60, 14],
    [30, 8],
    [140, 40],
  ])('a resize to %i x %i leaves one table', async (columns, rows) => {
    const { folder, port } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('ready in');
    await processOf(port);
    await terminal.shows('asked for /');
    terminal.resize(columns, rows);
    await eventually('a table for the new size', () => {
      const rule = terminal
        .screen()
        .split('\n')
        .filter((line) => line.startsWith('─'));
      return rule.length === 1 && rule[0]?.length === columns - 1;
    });
    await processOf(port);
    await terminal.shows(/asked for \/[\s\S]*asked for \//);
    expect(terminal.screen().match(/NAME/g)).toHaveLength(1);
    terminal.press('C-c');
    await terminal.shows('code 0');
    expect(terminal.screen()).not.toContain('NAME');
  });

  test('a broken edit of the model shows above the table and stops nothing', async () => {
    const { folder, port } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('ready in');
    const pid = await processOf(port);
    const model = join(folder, 'gantry.yaml');
    writeFileSync(model, readFileSync(model, 'utf8').replace('env:', 'enw:'));
    await terminal.shows('did you mean "env"?');
    expect(await processOf(port)).toBe(pid);
    terminal.press('C-c');
    await terminal.shows('code 0');
  });

  test('a closed terminal stops the system', async () => {
    const { folder, port } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('ready in');
    const pid = await processOf(port);
    terminal.close();
    await eventually('the service is gone', () => !isRunning(pid));
    await eventually('the supervisor is gone', async () => {
      const { stdout } = await gantry('down').in(folder).run();
      return stdout === 'nothing is running\n';
    });
  });

  test('the second ctrl-C does not wait for a service that will not stop', async () => {
    const { folder, port } = await helloFolder();
    const server = join(folder, 'api/server.js');
    writeFileSync(server, `process.on('SIGTERM', () => console.log('no'));\n${readFileSync(server, 'utf8')}`);
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('ready in');
    const pid = await processOf(port);
    terminal.press('C-c');
    await terminal.shows('api | no');
    terminal.press('C-c');
    await terminal.shows('code 0');
    expect(isRunning(pid)).toBe(false);
  });

  test('up attached to a background system leaves it running when one quits', async () => {
    const { folder, port } = await helloFolder();
    await gantry('up', '-d').in(folder).run();
    const pid = await processOf(port);
    const terminal = openTerminal(folder);
    terminal.gantry('up');
    await terminal.shows('q leave');
    expect(terminal.screen()).toContain('runs already in the background');
    terminal.type('q');
    await terminal.shows('code 0');
    expect(await processOf(port)).toBe(pid);
  });

  test('status --watch follows, and ctrl-C ends it with the last state shown', async () => {
    const { folder } = await helloFolder();
    await gantry('up', '-d').in(folder).run();
    const terminal = openTerminal(folder);
    terminal.gantry('status --watch');
    await terminal.shows(/api +● ready/);
    await gantry('down').in(folder).run();
    await terminal.shows('code 0');
    expect(terminal.cursorShown()).toBe(true);
    expect(terminal.screen().match(/NAME/g)).toHaveLength(1);
  });

  test('status is as wide as the terminal and no wider', async () => {
    const { folder } = await helloFolder();
    await gantry('up', '-d').in(folder).run();
    const terminal = openTerminal(folder, 30, 20);
    terminal.gantry('status');
    await terminal.shows(/api +● ready\n/);
    await terminal.shows('code 0');
  });

  test('secret set asks without showing what is typed', async () => {
    const { folder } = await helloFolder();
    const terminal = openTerminal(folder);
    terminal.gantry('secret set token');
    await terminal.shows('value of token:');
    terminal.type('s3creX');
    terminal.press('BSpace');
    terminal.type('t');
    terminal.press('Enter');
    await terminal.shows('code 0');
    expect(terminal.everything()).not.toContain('s3cre');
    await gantry('up', '-d').in(folder).run();
    await gantry('exec', 'api', '--', 'sh', '-c', 'printf %s "$TOKEN"').in(folder).gives({ stdout: 's3cret' });
  });
});
