import { randomBytes } from 'node:crypto';
import { dirname, relative } from 'node:path';
import {
  runtimeSecretMissing,
  runtimeSecretsUnreadable,
  runtimeSecretTooShort,
} from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { makeFolder, readTextIfExists, writeAtomically } from '../../host/files.ts';
import { withLock } from '../../host/lock.ts';
import type { Secret } from '../../plan/plan.ts';
import { makeState, type Places, placesOf } from './places.ts';

/** Where a secret's value comes from on this machine: the variable of that name, or the kept file. */
export type SecretOrigin = 'variable' | 'kept' | 'missing';

/** Name of the variable that gives a secret: `openai-api-key` -> `OPENAI_API_KEY`. */
export const secretVariable = (name: string): string => name.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase();

/** Keeps a value for `gantry secret set`, in `.gantry/secrets/<environment>.json` (mode 0600). */
export async function setSecret(root: string, environment: string, name: string, value: string): Promise<void> {
  await changeKept(root, environment, (kept) => kept.set(name, value));
}

/** Forgets a kept value; false when there was none. */
export function removeSecret(root: string, environment: string, name: string): Promise<boolean> {
  return changeKept(root, environment, (kept) => kept.delete(name));
}

/** For `gantry secret list`: where each value would come from, never the value. */
export async function listSecrets(
  root: string,
  environment: string,
  names: readonly string[],
): Promise<Record<string, SecretOrigin>> {
  const kept = await readKept(root, placesOf(root, environment));
  const origin = (name: string): SecretOrigin =>
    process.env[secretVariable(name)] ? 'variable' : kept.has(name) ? 'kept' : 'missing';
  return Object.fromEntries(names.map((name) => [name, origin(name)]));
}

/**
 * The values of the plan's secrets: from the variable, else as kept, else made once and kept. An optional one without a
 * value is left out.
 * @throws Failure with one diagnostic for each that is missing or too short, all at once
 */
export async function resolveSecrets(
  root: string,
  environment: string,
  secrets: Readonly<Record<string, Secret>>,
): Promise<Record<string, string>> {
  const kept = await readKept(root, placesOf(root, environment));
  const values: Record<string, string> = {};
  const made: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  for (const secret of Object.values(secrets)) {
    const { name, generate, minLength = 0 } = secret;
    const given = process.env[secretVariable(name)] || kept.get(name);
    if (given !== undefined) {
      if (given.length < minLength) diagnostics.push(runtimeSecretTooShort(name, given.length, minLength));
      values[name] = given;
    } else if (generate !== undefined) {
      made[name] = randomText(Math.max(generate, minLength));
    } else if (!secret.optional) {
      diagnostics.push(runtimeSecretMissing(name, secretVariable(name), secret.description));
    }
  }
  if (diagnostics.length > 0) throw new Failure(diagnostics);
  if (Object.keys(made).length > 0) {
    await changeKept(root, environment, (now) => {
      for (const [name, value] of Object.entries(made)) {
        if (!now.has(name)) now.set(name, value);
        values[name] = now.get(name) ?? value;
      }
    });
  }
  return values;
}

/** Credential of a backing service: kept beside the secrets under a name that no secret can have. Made once. */
export async function keepCredential(
  root: string,
  environment: string,
  backing: string,
  name: string,
  make: () => string,
): Promise<string> {
  const key = `backing/${backing}/${name}`;
  const kept = (await readKept(root, placesOf(root, environment))).get(key);
  if (kept !== undefined) return kept;
  return changeKept(root, environment, (now) => {
    const value = now.get(key) ?? make();
    now.set(key, value);
    return value;
  });
}

/** Text of 64 harmless characters, six bits each. @param length in characters */
const randomText = (length: number): string =>
  randomBytes(Math.ceil((length * 3) / 4) + 1)
    .toString('base64url')
    .slice(0, length);

/** Changes the kept values, one at a time over all processes, so that no value is lost to a neighbour's write. */
async function changeKept<T>(root: string, environment: string, change: (kept: Map<string, string>) => T): Promise<T> {
  const places = placesOf(root, environment);
  await makeState(places);
  await makeFolder(dirname(places.secrets), 0o700);
  return withLock(`${places.secrets}.lock`, {}, async () => {
    const kept = await readKept(root, places);
    const before = JSON.stringify([...kept]);
    const result = change(kept);
    if (JSON.stringify([...kept]) === before) return result;
    await writeAtomically(places.secrets, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`, 0o600);
    return result;
  });
}

async function readKept(root: string, places: Places): Promise<Map<string, string>> {
  const text = await readTextIfExists(places.secrets);
  if (text === undefined) return new Map();
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('it is no JSON object');
    return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch (error) {
    // The parser's own message may quote the text, which is secret.
    const problem = error instanceof SyntaxError ? 'it is no JSON' : String((error as Error).message);
    throw new Failure([runtimeSecretsUnreadable(relative(root, places.secrets), problem)]);
  }
}
