import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../src/runtimes/local/record.ts';

/** The record of the run in a folder. */
export const recordOf = (root: string, environment = 'local'): RunRecord =>
  JSON.parse(readFileSync(join(root, '.gantry/run', `${environment}.json`), 'utf8'));
