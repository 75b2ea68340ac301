import { join } from 'node:path';
import { fileFacts, readTextIfExists, sha256, writeAtomically } from '../host/files.ts';
import { packageFolder } from '../host/package-folder.ts';
import { findModelFile } from '../model/find-file.ts';
import { makeState, type Places, placesOf } from '../runtimes/local/places.ts';
import type { PlannedSystem } from './load-plan.ts';
import { environmentOf, locateModel, type ModelPlace } from './locate.ts';

/** What is kept of one environment's plan. */
interface KeptPlan {
  /** Of the program that made it: another one may plan otherwise. */
  program: string;
  /** The file that was asked for, or what was found in the folder. */
  found: string;
  /** SHA-256 of each file that was read, by its absolute path. */
  files: Record<string, string>;
  planned: PlannedSystem;
}

/**
 * The plan that the last `up` made, when nothing that it was made from has changed since: a plan is a pure function of
 * its files, and making it again is a good part of a warm start. Undefined when it must be made.
 */
export async function readKeptPlan(place: ModelPlace): Promise<PlannedSystem | undefined> {
  const [program, found, kept] = await Promise.all([programDigest(), foundIn(place), readKept(place)]);
  if (!kept || program === undefined || kept.program !== program || kept.found !== found) return undefined;
  const same = await Promise.all(
    Object.entries(kept.files).map(async ([path, digest]) => (await fileFacts(path))?.digest === digest),
  );
  return same.every(Boolean) ? kept.planned : undefined;
}

/**
 * Keeps a plan for the next `up`, beside the state of the system. It holds names of secrets and never a value. A model in
 * TypeScript is not kept, for it may read anything; neither is one that was edited while it was read.
 * @param begun milliseconds since the epoch, from before the model was read
 */
export async function keepPlan(place: ModelPlace, planned: PlannedSystem, begun: number): Promise<void> {
  const program = await programDigest();
  if (program === undefined || !planned.watched.every((path) => /\.ya?ml$/.test(path))) return;
  const files: Record<string, string> = {};
  for (const path of planned.watched) {
    const facts = await fileFacts(path);
    if (!facts || facts.changed >= begun - clockGrain) return;
    files[path] = facts.digest;
  }
  const kept: KeptPlan = { program, found: await foundIn(place), files, planned };
  const places = await placesFor(place);
  await makeState(places);
  await writeAtomically(places.plan, JSON.stringify(kept), 0o600, { flush: false });
}

/** Milliseconds; file systems keep times more coarsely than the clock. */
const clockGrain = 50;

const placesFor = async (place: ModelPlace): Promise<Places> =>
  placesOf(await locateModel(place), environmentOf(place));

async function readKept(place: ModelPlace): Promise<KeptPlan | undefined> {
  const text = await readTextIfExists((await placesFor(place)).plan).catch(() => undefined);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as KeptPlan);
  } catch {
    return undefined;
  }
}

async function foundIn(place: ModelPlace): Promise<string> {
  if (place.file !== undefined) return place.file;
  const { value, diagnostics } = await findModelFile(await locateModel(place));
  return JSON.stringify([value, diagnostics]);
}

/** The built entry names all parts by their content; undefined when the sources run as they are. */
async function programDigest(): Promise<string | undefined> {
  if (!import.meta.url.includes('/dist/')) return undefined;
  const text = await readTextIfExists(join(packageFolder(), 'dist', 'cli.js'));
  return text === undefined ? undefined : sha256(text);
}
