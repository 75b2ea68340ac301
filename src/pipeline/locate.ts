import { dirname, resolve } from 'node:path';
import { Failure } from '../diagnostics/diagnostic.ts';
import { findModelFile } from '../model/find-file.ts';

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
  if (place.file !== undefined) return dirname(resolve(place.folder, place.file));
  for (let folder = place.folder; ; folder = dirname(folder)) {
    const { value, diagnostics } = await findModelFile(folder);
    if (value !== undefined) return folder;
    if (!place.upwards || folder === dirname(folder)) throw new Failure(diagnostics);
  }
}
