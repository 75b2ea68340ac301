/**
 * `npm run generate`: writes what is made from the sources and kept in the repository: types of the model, reference pages.
 * With `--check` it writes nothing, names what is out of date, and ends with 1.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { diagnosticsPage } from './reference/diagnostics-page.mjs';
import { inputTypes } from './reference/input-types.mjs';
import { modelPage } from './reference/model-page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the pages are made of, from the sources as they are now. */
async function sources() {
  const folder = mkdtempSync(join(root, 'node_modules', '.gantry-generate-'));
  try {
    await build({
      stdin: {
        contents: `export { modelSchema } from './src/model/schema/json-schema.ts';
          export { backingDefinitions } from './src/backing/definitions.ts';
          export { commandReference } from './src/cli/output/reference.ts';
          export { gantry } from './src/cli/commands/gantry.ts';`,
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'sources.mjs'),
      logLevel: 'error',
    });
    return await import(pathToFileURL(join(folder, 'sources.mjs')).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<Record<string, string>>} text by path relative to the repository */
export async function generated() {
  const { modelSchema, backingDefinitions, commandReference, gantry } = await sources();
  const schema = modelSchema();
  return {
    'src/model/input.generated.ts': inputTypes(schema, backingDefinitions),
    'docs/cli.md': commandReference(gantry),
    'docs/reference/model.md': modelPage(schema, backingDefinitions),
    'docs/reference/diagnostics.md': diagnosticsPage(join(root, 'src/diagnostics/catalogue')),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const [path, text] of Object.entries(await generated())) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (check) {
      console.error(`${path} is out of date: run npm run generate`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      console.log(`wrote ${path}`);
    }
  }
}
