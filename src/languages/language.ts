import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/**
 * A language as a plug-in: looks at a folder and says how a service in it is prepared, run and reloaded on this machine.
 * One folder each, registered in one line of `registry.ts`, run by one conformance suite.
 */
export interface Language {
  name: string;
  /** Looks at the folder; undefined when it is not this language's. Reads files only. */
  detect(folder: ServiceFolder): Promise<Detection | undefined>;
}

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
  recipe: Recipe;
  diagnostics: Diagnostic[];
}

export interface Recipe {
  /** Programs that must be on PATH. */
  requires: { program: string; versions?: string; cure: string }[];
  /** Run in turn; each skipped when the hash of its inputs is that of its last success and its outputs exist. */
  prepare: PrepareStep[];
  run: Command;
  /** PATH entries to put in front, so that `before` commands and `exec` find the service's own programs. */
  path: string[];
  reload: Reload;
}

export interface PrepareStep {
  /** `install`, `build`, … */
  name: string;
  command: Command;
  /** Steps with one key are run once and shared, for example one install for all services of a workspace. */
  key: string;
  /** Absolute files, folders or globs whose content decides whether the step must run again. */
  inputs: string[];
  /** Left out of `inputs`, as names of files or folders anywhere below. */
  ignore: string[];
  /** Absolute paths that must exist for a cached step to count. */
  outputs: string[];
}

export interface Command {
  /** Program and arguments; no shell. */
  argv: string[];
  cwd: string;
  /** Added to the service's environment. `PORT` and `HOST` are set by the runtime. */
  environment: Record<string, string>;
}

/** `self`: the framework watches and reloads on its own. `restart`: the runtime re-runs the named prepare steps and restarts. */
export type Reload =
  | { kind: 'self' /** Changes here still need a restart (lockfile, configuration). */; restart: string[] }
  | { kind: 'restart'; watch: string[]; ignore: string[] /** Names of prepare steps. */; steps: string[] }
  | { kind: 'none' };
