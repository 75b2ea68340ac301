import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { removeSystem } from '../../support/remove-system.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The built program: the one that is published. */
export const cli = join(root, 'dist', 'cli.js');

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-needed'], { encoding: 'utf8' });
if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);

/** What a run left behind; the temporary folder is written as `<folder>`. */
export interface Outcome {
  stdout: string;
  stderr: string;
  code: number;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) removeSystem(folder);
});

/** A temporary folder with these files; removed after the file's tests. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gantry-cli-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** One call of the real program, put together step by step and run by `run` or `gives`. */
export function gantry(...words: string[]) {
  let folder: string | undefined;
  let input: string | undefined;
  const variables: Record<string, string> = {};
  const call = {
    /** Runs in a temporary folder with these files, or in a folder that exists. */
    in(files: Record<string, string | Uint8Array> | string) {
      folder = typeof files === 'string' ? files : folderWith(files);
      return call;
    },
    /** Standard input; empty when left out. */
    input(text: string) {
      input = text;
      return call;
    },
    variable(name: string, value: string) {
      variables[name] = value;
      return call;
    },
    async run(): Promise<Outcome> {
      const cwd = folder ?? folderWith({});
      const child = spawn(process.execPath, [cli, ...words], {
        cwd,
        env: environment(variables),
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const texts = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (part: string) => {
          texts[stream] += part;
        });
      }
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
      const code = await new Promise<number>((resolve) =>
        child.on('close', (exit, signal) => resolve(exit ?? (signal ? 128 : 0))),
      );
      const hide = (text: string) => text.replaceAll(cwd, '<folder>');
      return { stdout: hide(texts.stdout), stderr: hide(texts.stderr), code };
    },
    /** Runs, and compares everything: what is left out must be empty, and the exit code 0. */
    async gives(expected: Partial<Outcome>): Promise<void> {
      expect(await call.run()).toEqual({ stdout: '', stderr: '', code: 0, ...expected });
    },
  };
  return call;
}

/** A call that goes on while the test looks at it; ended with the test file at the latest. */
export interface Started {
  child: ChildProcessByStdio<null, Readable, Readable>;
  stdout: string;
  stderr: string;
  /** The exit code. */
  ended: Promise<number>;
}

/** Starts the program in a folder and returns at once. */
export function startGantry(folder: string, ...words: string[]): Started {
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started: Started = {
    child,
    stdout: '',
    stderr: '',
    ended: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? (signal ? 128 : 0)))),
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (part: string) => {
      started[stream] += part;
    });
  }
  children.push(child);
  return started;
}

const children: { kill(signal: NodeJS.Signals): void }[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGTERM');
});

/** What a program needs of ours, and nothing that would change what it prints. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'GANTRY_CACHE', 'XDG_CACHE_HOME', 'TMPDIR', 'RUSTUP_HOME', 'CARGO_HOME'];
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), ...more };
}
