import { join } from 'node:path';
import { readTextIfExists } from '../host/files.ts';
import { packageFolder } from '../host/package-folder.ts';

/** The JSON Schema of the plan, as the package holds it. */
export async function planSchema(): Promise<unknown> {
  const text = await readTextIfExists(join(packageFolder(), 'dist', 'plan.schema.json'));
  if (text === undefined) throw new Error('dist/plan.schema.json is missing: run npm run build');
  return JSON.parse(text);
}

/** The JSON Schema of the model, made anew from the schema that validates. */
export async function modelSchema(): Promise<unknown> {
  const { modelSchema: make } = await import('../model/schema/json-schema.ts');
  return make();
}
