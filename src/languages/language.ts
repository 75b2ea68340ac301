import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * A language as a plug-in: looks at a folder and says how a service in it is prepared, run and reloaded on this machine.
 * One folder each, registered in one line of `registry.ts`, run by one conformance suite.
 */
export interface Language {
  name: string;
  /** What `detect` looks for, in words for the user: shown when nothing matched. */
  looksFor: string[];
  /** Programs whose name in front of a command shows that the command is of this language: `node`, `npm`. */
  programs: readonly string[];
  /** Looks at the folder; undefined when it is not this language's. Reads files only, runs nothing. */
  detect(folder: ServiceFolder): Promise<Detection | undefined>;
}

/**
 * How sure a language is, in falling order: it has a manifest and knows what to start · it has files of its own and
 * knows what to start · it would do if nothing else fits · it knows its files but found nothing to start.
 */
export const certainties = ['manifest', 'files', 'fallback', 'nothing-to-start'] as const;
type Certainty = (typeof certainties)[number];

export interface ServiceFolder {
  /** Absolute path of the service's folder. */
  path: string;
  /** Absolute path of the system's folder; lockfiles and workspaces are searched up to here. */
  root: string;
  /** The model's `command`, which replaces the language's own. */
  command?: string[];
  /** `dev.command` of the model. */
  devCommand?: string[];
  /** `development` runs the framework's own dev server where it has one (Next.js, Vite). */
  mode: 'development' | 'production';
}

export interface Detection {
  language: string;
  /** For example `next`, `vite`, `fastapi`, `django`, `spring-boot`. */
  framework?: string;
  /** For example `npm`, `pnpm`, `uv`, `poetry`, `cargo`, `maven`. */
  tool?: string;
  /** What was seen that led here, in words for the user: `package.json`, `next in dependencies`. */
  because: string[];
  certainty: Certainty;
  recipe: Recipe;
  diagnostics: Diagnostic[];
}

export interface Recipe {
  /** Programs that must be on PATH or in `path` before the first prepare step. */
  requires: RequiredProgram[];
  /** Run in turn; each skipped when the hash of its inputs is that of its last success and its outputs exist. */
  prepare: PrepareStep[];
  run: Command;
  /** PATH entries to put in front, so that `before` commands and `exec` find the service's own programs. */
  path: string[];
  reload: Reload;
}

export interface RequiredProgram {
  program: string;
  /** Range in the grammar of npm's semver: `>=20.19`, `^3.11`. */
  versions?: string;
  /** Where the range is written, for the user: `engines.node in services/a/package.json`. */
  from?: string;
  /** How to get it, in one sentence. */
  cure: string;
}

export interface PrepareStep {
  /** `install`, `build`, … */
  name: string;
  command: Command;
  /** Steps with one key are run once and shared, for example one install for all services of a workspace. */
  key: string;
  /** Absolute files and folders whose content decides whether the step must run again. Those missing count as absent. */
  inputs: string[];
  /** Further text that decides it, where a whole file would be too much: the dependencies of a package.json. */
  facts: string[];
  /**
   * Left out of `inputs`: a bare name (`node_modules`) or ending (`*.log`) anywhere below, or an absolute path.
   */
  ignore: string[];
  /** Absolute paths that must exist for a cached step to count. */
  outputs: string[];
  /** Whether somebody already did this outside of Gantry, for example the user's own `npm install`. */
  alreadyDone?(): Promise<boolean>;
}

export interface Command {
  /**
   * Program and arguments; no shell. The program is looked up in the recipe's `path`, then PATH. `${PORT}` and `${HOST}`
   * stand for what the runtime gives; `fillCommand` (command.ts) puts it in.
   */
  argv: string[];
  /** Absolute. */
  cwd: string;
  /** Under the service's own environment, which wins. Values may hold `${PORT}` and `${HOST}`, as in `argv`. */
  environment: Record<string, string>;
}

/**
 * `self`: the framework watches and reloads on its own; a change in one of the absolute files and folders of `restart` (lockfile,
 * configuration, sources of a package that is built) still needs all prepare steps and a restart.
 * `restart`: the runtime watches, re-runs the named prepare steps (those whose inputs did not change cost next to
 * nothing) and restarts. `watch` holds absolute files and folders; `ignore` is as in `PrepareStep`.
 * `none`: nothing has to happen, files are read anew at every request.
 */
export type Reload =
  | { kind: 'self'; restart: string[] }
  | { kind: 'restart'; watch: string[]; ignore: string[]; steps: string[] }
  | { kind: 'none' };
