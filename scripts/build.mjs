/**
 * `npm run build`: makes dist/ anew. With `--if-needed`, only when a source changed since; that check takes milliseconds.
 * The new folder is made beside the old one and takes its place at the end: a running `gantry` sees one or the other.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Every file at or below these places, by path, size and time, as one hash. */
function stampOf(places) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path.slice(root.length)} ${found.size} ${found.mtimeMs}\n`);
  };
  for (const name of places) visit(join(root, name));
  return hash.digest('hex');
}

const tools = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/bundle.mjs',
  'scripts/build.mjs',
  'scripts/licences.mjs',
];
const stampOfSources = () => stampOf(['src', 'scripts/plan-schema.mjs', ...tools]);
/** The types take most of the time, and only these files have a part in them. */
const stampOfTypes = () => stampOf(['src/index.ts', 'src/model', 'src/backing', ...tools]);

const recorded = (name) => {
  const path = join(dist, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};
const upToDate = () => recorded('.built') === stampOfSources();

/** Runs one build at a time, for tests and people may ask for several at once; a lock of a dead process counts for nothing. */
async function locked(work) {
  const lock = join(root, 'node_modules', '.gantry-build.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isRunning(Number(readFileSync(lock, { encoding: 'utf8', flag: 'a+' })))) rmSync(lock, { force: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isRunning(pid) {
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Files of other languages that run beside us, at the same place below `dist/assets` as below `src`. */
function copyAssets(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const path = join(from, entry.name);
    if (entry.isDirectory()) copyAssets(path, join(to, entry.name));
    else if (['.py', '.sh', '.html', '.mjs'].includes(extname(entry.name))) {
      mkdirSync(dirname(join(to, entry.name)), { recursive: true });
      cpSync(path, join(to, entry.name));
    }
  }
}

async function build() {
  const [stamp, types] = [stampOfSources(), stampOfTypes()];
  const folder = join(root, `dist.${process.pid}.tmp`);
  const old = join(root, `dist.${process.pid}.old.tmp`);
  try {
    const [{ build: bundle }, { bundles }] = await Promise.all([import('tsdown'), import('./bundle.mjs')]);
    const { collectLicences } = await import('./licences.mjs');
    const licences = collectLicences();
    const keepTypes = recorded('.types') === types && process.argv.includes('--if-needed');
    for (const { dts, ...configuration } of bundles) {
      const plugins = [licences.plugin];
      await bundle({ ...configuration, plugins, dts: dts && !keepTypes, cwd: root, config: false, outDir: folder });
    }
    if (keepTypes) cpSync(join(dist, 'index.d.ts'), join(folder, 'index.d.ts'));
    writeFileSync(join(folder, 'LICENSES.txt'), licences.text());
    copyAssets(join(root, 'src'), join(folder, 'assets'));
    chmodSync(join(folder, 'cli.js'), 0o755);
    const { planSchema } = await import('./plan-schema.mjs');
    writeFileSync(join(folder, 'plan.schema.json'), `${JSON.stringify(planSchema(), null, 2)}\n`);
    // The schema of the model comes from zod at run time: the program itself prints it.
    const schema = spawnSync(process.execPath, [join(folder, 'cli.js'), 'schema'], { encoding: 'utf8' });
    if (schema.status !== 0) throw new Error(`gantry schema failed:\n${schema.stderr}`);
    writeFileSync(join(folder, 'schema.json'), schema.stdout);
    writeFileSync(join(folder, '.types'), types);
    writeFileSync(join(folder, '.built'), stamp);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(folder, dist);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

const wanted = () => !process.argv.includes('--if-needed') || !upToDate();
try {
  if (wanted()) await locked(async () => wanted() && build());
} catch (error) {
  console.error(`gantry: the build failed\n${error.message}`);
  process.exit(1);
}
