import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli, folderWith, gantry, type Started, startGantry } from '../cli/support/gantry.ts';
import { type Fence, fencesOf } from './fences.ts';

/** The page as a reader follows it: its files are written and its commands run, in order, in one folder. */
const page = 'docs/getting-started.md';
const folder = folderWith({});
let up: Started | undefined;
afterAll(async () => {
  await gantry('down').in(folder).run();
});

/** What a command wrote and how it ended. */
interface Ran {
  output: string;
  code: number;
}

/** Runs a line as a shell does, with our built program as `gantry`. */
function shell(line: string): Promise<Ran> {
  const fetched = `fetch('http://' + process.argv[1]).then((answer) => answer.text()).then((text) => process.stdout.write(text))`;
  // So that the test needs no curl: the page uses it to get an address and nothing else.
  const curl = `curl() { "${process.execPath}" -e "${fetched}" "$1"; }`;
  const script = `gantry() { "${process.execPath}" "${cli}" "$@"; }; ${curl}; ${line}`;
  const child = spawn('bash', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ output, code: code ?? 128 })));
}

/** The port of the page is the one that the model asks for; another may have it here. Both ways, so that output compares. */
const realPorts = new Map<string, string>();
const toReal = (text: string) => text.replace(/localhost:(\d+)/g, (all, port) => realPorts.get(port) ?? all);
function toWritten(text: string): string {
  let result = text;
  for (const [port, real] of realPorts) result = result.replaceAll(real, `localhost:${port}`);
  return result;
}

async function learnPorts(): Promise<void> {
  const wanted: Record<string, string> = { api: '8000', page: '8080', postgres: '5432' };
  const { stdout } = await gantry('status', '--json').in(folder).run();
  const { processes } = JSON.parse(stdout) as { processes: { name: string; addresses: Record<string, string> }[] };
  for (const { name, addresses } of processes) {
    const [address] = Object.values(addresses);
    if (address && wanted[name]) realPorts.set(wanted[name], address.replace(/^\w+:\/\//, ''));
  }
}

/** Tries until `done`: for what follows an edit that the running system notices by itself. */
async function until(run: () => Promise<Ran>, done: (ran: Ran) => boolean): Promise<Ran> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ran = await run();
    if (done(ran) || Date.now() > deadline) return ran;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Whether each line of the page is in the output, in order; `…` stands for the rest of a line. */
function shows(output: string, expected: string): boolean {
  let rest = toWritten(output).split('\n');
  return expected.split('\n').every((line) => {
    const prefix = line.replace(/…$/, '');
    const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
    const found = rest.findIndex((candidate) => squeezed(candidate).startsWith(squeezed(prefix)));
    rest = rest.slice(found + 1);
    return found >= 0;
  });
}

async function runCommand(fence: Fence, expected: string | undefined): Promise<void> {
  const [how] = fence.words;
  if (how === 'up') {
    up = startGantry(folder, ...fence.text.split(' ').slice(1));
    const ready = await until(
      async () => ({ output: up?.stdout ?? '', code: 0 }),
      ({ output }) => output.includes('visits is ready'),
    );
    expect(ready.output).toContain('visits is ready');
    await learnPorts();
    return;
  }
  const attempt = async () => {
    if (how === 'until') await learnPorts();
    return shell(toReal(fence.text));
  };
  const ran = how === 'until' ? await until(attempt, ({ output }) => shows(output, expected ?? '')) : await attempt();
  const place = `${page}:${fence.line}: ${fence.text}\n${ran.output}`;
  expect(ran.code, place).toBe(how === 'fails' ? 1 : 0);
  if (expected !== undefined) expect(shows(ran.output, expected), `${place}\nexpected:\n${expected}`).toBe(true);
}

test('a reader who follows the page sees what it says', { timeout: 300_000 }, async () => {
  const fences = fencesOf(page);
  for (const [index, fence] of fences.entries()) {
    const [word] = fence.words;
    if (fence.language === 'sh') {
      const next = fences[index + 1];
      await runCommand(fence, next?.words[0] === 'output' ? next.text : undefined);
    } else if (word?.includes('.')) {
      mkdirSync(dirname(join(folder, word)), { recursive: true });
      writeFileSync(join(folder, word), `${fence.text}\n`);
    }
  }
  expect(await up?.ended).toBe(0);
});
