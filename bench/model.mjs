/**
 * Models of growing size: loaded, validated and planned, in this process. The first row holds 1,000 services against the
 * limit of one second; the others hold the cost of a service at 10,000 against that at 1,000, for it must not grow.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { largeModel } from './large-model.mjs';
import { median } from './system.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sizes = [1_000, 2_000, 5_000, 10_000];
const turns = 3;

/** The sources as one module: the published bundle does not offer its parts. */
async function loadSources(folder) {
  const outfile = join(folder, 'sources.mjs');
  await build({
    stdin: {
      contents: `export { loadModel } from './src/model/load.ts'; export { planSystem } from './src/plan/plan-system.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['esbuild'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

/** @returns milliseconds of loading with validation, and of planning, for a model with so many services */
async function timesOf({ loadModel, planSystem }, folder, count) {
  const home = join(folder, String(count));
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'gantry.yaml'), largeModel(count));
  const loads = [];
  const plans = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const began = performance.now();
    const loaded = await loadModel({ folder: home });
    const between = performance.now();
    const planned = loaded.value && planSystem(loaded.value);
    if (!planned?.value) throw new Error(JSON.stringify([...loaded.diagnostics, ...(planned?.diagnostics ?? [])].slice(0, 3)));
    loads.push(between - began);
    plans.push(performance.now() - between);
    if (Object.keys(planned.value.workloads).length !== count) throw new Error('a service was lost');
  }
  return { load: median(loads), plan: median(plans) };
}

/** @returns rows of the bench table */
export async function measure() {
  const folder = mkdtempSync(join(root, 'node_modules', '.bench-'));
  const rows = [];
  try {
    const sources = await loadSources(folder);
    await timesOf(sources, folder, 100);
    let perService;
    for (const count of sizes) {
      const { load, plan } = await timesOf(sources, folder, count);
      const whole = load + plan;
      perService ??= whole / count;
      const first = count === sizes[0];
      rows.push({
        what: `${count} services, load ${load.toFixed(0)} + plan ${plan.toFixed(0)}`,
        measured: whole,
        against: first ? 'limit' : `${count / sizes[0]} x 1000 services`,
        reference: first ? 1_000 : perService * count,
        unit: 'ms',
        limit: first ? 1 : 1.5,
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}
