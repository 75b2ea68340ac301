import { noModelFile, twoModels } from '../diagnostics/catalogue/file.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { listFolder } from '../host/files.ts';

/** Names under which a model is found, in this order. */
export const modelFiles = [
  'gantry.yaml',
  'gantry.yml',
  'gantry.config.ts',
  'gantry.config.mts',
  'gantry.config.js',
  'gantry.config.mjs',
];

/** The model's file in a folder; a warning when there are several. @param folder absolute */
export async function findModelFile(folder: string): Promise<Result<string>> {
  const present = new Set(await listFolder(folder));
  const [first, ...others] = modelFiles.filter((name) => present.has(name));
  if (first === undefined) return { diagnostics: [noModelFile(modelFiles)] };
  return { value: first, diagnostics: others.length > 0 ? [twoModels(first, others)] : [] };
}
