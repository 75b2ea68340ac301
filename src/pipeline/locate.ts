import { dirname, join } from 'node:path';
import { noModel } from '../diagnostics/catalogue/command.ts';
import { Failure } from '../diagnostics/diagnostic.ts';
import { kindOf } from '../host/files.ts';

/** Names under which a model is found, in this order. */
export const modelFiles = ['gantry.yaml', 'gantry.yml', 'gantry.config.ts', 'gantry.config.mts', 'gantry.config.js'];

/** Where a model is and which of its environments is meant. */
export interface ModelPlace {
  /** Absolute folder. */
  folder: string;
  /** Whether the folders above are searched too, as they are for the current folder. */
  upwards?: boolean;
  /** Path of the file, relative to the folder; found when left out. */
  file?: string;
  /** `local` when left out. */
  environment?: string;
}

/** The environment that is meant when none is named. */
export const environmentOf = (place: ModelPlace): string => place.environment ?? 'local';

/**
 * The folder of the model, without reading it: what stops or shows a running system must work while its model is broken.
 * @throws Failure when there is no model
 */
export async function locateModel(place: ModelPlace): Promise<string> {
  if (place.file !== undefined) return dirname(join(place.folder, place.file));
  for (let folder = place.folder; ; folder = dirname(folder)) {
    for (const name of modelFiles) if ((await kindOf(join(folder, name))) === 'file') return folder;
    if (!place.upwards || folder === dirname(folder)) throw new Failure([noModel(place.folder, modelFiles)]);
  }
}
