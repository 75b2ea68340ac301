/**
 * Models of growing size: loaded, validated and planned, each time in a new process, as a command is. The first row holds
 * 1,000 services against the limit of one second; the others hold the cost of a service against that at 1,000, for it
 * must not grow with the system.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { largeModel } from './large-model.mjs';
import { median } from './system.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sizes = [1_000, 2_000, 5_000, 10_000];
const turns = 3;

/** Loads and plans the model in the folder given; prints milliseconds and how many services came through. */
const program = `
import { loadModel } from './src/model/load.ts';
import { planSystem } from './src/plan/plan-system.ts';
const began = performance.now();
const loaded = await loadModel({ folder: process.argv[2] });
const between = performance.now();
const planned = loaded.value && planSystem(loaded.value);
const ended = performance.now();
if (!planned?.value) throw new Error(JSON.stringify([...loaded.diagnostics, ...(planned?.diagnostics ?? [])].slice(0, 3)));
const services = Object.keys(planned.value.workloads).length;
console.log(JSON.stringify({ load: between - began, plan: ended - between, services }));
`;

/** The published bundle does not offer its parts, so the sources are bundled for this. */
const bundle = (outfile) =>
  build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['esbuild'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    outfile,
    logLevel: 'error',
  });

/** @returns milliseconds of loading with validation, and of planning, for a model with so many services */
function timesOf(script, folder, count) {
  const home = join(folder, String(count));
  mkdirSync(home);
  writeFileSync(join(home, 'gantry.yaml'), largeModel(count));
  const results = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, home], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const result = JSON.parse(stdout);
    if (result.services !== count) throw new Error(`${count} services went in and ${result.services} came out`);
    results.push(result);
  }
  return { load: median(results.map(({ load }) => load)), plan: median(results.map(({ plan }) => plan)) };
}

/** @returns rows of the bench table */
export async function measure() {
  const folder = mkdtempSync(join(root, 'node_modules', '.gantry-bench-'));
  const rows = [];
  try {
    const script = join(folder, 'measure.mjs');
    await bundle(script);
    let perService;
    for (const count of sizes) {
      const { load, plan } = timesOf(script, folder, count);
      const whole = load + plan;
      perService ??= whole / count;
      const first = count === sizes[0];
      rows.push({
        what: `model of ${count} services (load ${load.toFixed(0)}, plan ${plan.toFixed(0)})`,
        measured: whole,
        against: first ? 'limit' : `${count / sizes[0]} times 1000 services`,
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
