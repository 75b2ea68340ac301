import { join } from 'node:path';
import { exists } from '../../host/files.ts';
import type { Command } from '../language.ts';
import type { Package } from './package.ts';
import { scriptCommand } from './scripts.ts';
import type { Tool } from './tool.ts';

/** A framework with a dev server of its own, as plain data. */
export interface Framework {
  name: 'next' | 'vite';
  /** Arguments that hand over port and host; `flags` are their names, dropped from the user's own script. */
  address: string[];
  flags: string[];
  develop: string[];
  build: string[];
  start: string[];
  /** In the environment of every command. */
  environment: Record<string, string>;
  /** What a finished build leaves, relative to the package. */
  built: string;
  /** Folders that builds write, relative to the package. */
  output: string[];
}

const next: Framework = {
  name: 'next',
  address: ['-H', '${HOST}', '-p', '${PORT}'],
  flags: ['-H', '--hostname', '-p', '--port'],
  develop: ['next', 'dev'],
  build: ['next', 'build'],
  start: ['next', 'start'],
  // A standalone server takes its host from HOSTNAME.
  environment: { NEXT_TELEMETRY_DISABLED: '1', HOSTNAME: '${HOST}' },
  built: '.next/BUILD_ID',
  output: ['.next', 'out', 'next-env.d.ts'],
};

const vite: Framework = {
  name: 'vite',
  address: ['--host', '${HOST}', '--port', '${PORT}', '--strictPort'],
  flags: ['--host', '--port', '--strictPort'],
  develop: ['vite'],
  build: ['vite', 'build'],
  start: ['vite', 'preview'],
  environment: {},
  built: 'dist',
  output: ['dist', '.svelte-kit'],
};

/**
 * The framework that a package is written with. A package whose `dev` script starts something else (a server of its own
 * that embeds the framework) is not taken for it.
 */
export async function findFramework(of: Package): Promise<Framework | undefined> {
  const has = (name: string) => name in of.dependencies;
  const runs = (name: string) => of.scripts['dev'] === undefined || new RegExp(`\\b${name}\\b`).test(of.scripts['dev']);
  if (has('next') && runs('next')) return next;
  const page = has('@sveltejs/kit') || (await exists(join(of.folder, 'index.html')));
  return has('vite') && page && runs('vite') ? vite : undefined;
}

/**
 * The framework's dev server, with the flags of the user's own `dev` script where that is a plain command, and the port
 * and host that the runtime gives.
 */
export function developCommand(framework: Framework, of: Package, tool: Tool): Command {
  const script = scriptCommand(of, 'dev', tool);
  const own = script?.argv[0] === framework.develop[0] ? script : undefined;
  return {
    argv: [...(own ? withoutFlags(own.argv, framework.flags) : framework.develop), ...framework.address],
    cwd: of.folder,
    environment: { ...framework.environment, ...own?.environment },
  };
}

/** What serves a finished build: the user's `start` script, else the framework's own way. */
export function startCommand(framework: Framework, of: Package, tool: Tool): Command {
  const script = scriptCommand(of, 'start', tool);
  const foreign = script && script.argv[0] !== framework.start[0];
  return {
    argv: foreign ? script.argv : [...framework.start, ...framework.address],
    cwd: of.folder,
    environment: { ...framework.environment, ...script?.environment },
  };
}

/** A command without the given flags and their values. */
function withoutFlags(argv: readonly string[], flags: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!flags.includes(word.replace(/=.*/, ''))) kept.push(word);
    else if (!word.includes('=') && argv[index + 1]?.startsWith('-') === false) index += 1;
  }
  return kept;
}
