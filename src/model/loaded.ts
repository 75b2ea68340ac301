import type { Unsure } from './salvage.ts';
import type { System } from './schema/system.ts';
import type { MapNode } from './tree/node.ts';

/** What the user wrote, validated, for one environment. */
export interface LoadedModel {
  /** Absolute folder of the model. */
  root: string;
  /** The model's file, relative to `root`. */
  file: string;
  environment: string;
  /** Names of the environments, in the order of the model; `local` is always one. */
  environments: string[];
  /** Merged for the environment, each shorthand written out. */
  system: System;
  /** The same, as written: `defaults`, `extends` and the environment merged in, each key and value with its position. */
  located: MapNode;
  /** Present when the model has mistakes: they are left out of `system` and `located`, and this cannot be told of the rest. */
  unsure?: Unsure;
  /** Text of every file read, by its name relative to `root`: what diagnostics quote. */
  sources: Map<string, string>;
  /** Absolute paths of every file that was read, for watching. */
  watched: string[];
}
