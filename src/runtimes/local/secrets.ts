/** Where a secret's value comes from on this machine: the variable of that name, or the kept file. */
export type SecretOrigin = 'variable' | 'kept' | 'missing';

/** Name of the variable that gives a secret: `openai-api-key` -> `OPENAI_API_KEY`. */
export const secretVariable = (name: string): string => name.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase();

/** Keeps a value for `gantry secret set`, in `.gantry/secrets/<environment>.json` (mode 0600). */
export async function setSecret(_root: string, _environment: string, _name: string, _value: string): Promise<void> {
  throw new Error('under construction');
}

/** Forgets a kept value; false when there was none. */
export async function removeSecret(_root: string, _environment: string, _name: string): Promise<boolean> {
  throw new Error('under construction');
}

/** For `gantry secret list`: where each value would come from, never the value. */
export async function listSecrets(
  _root: string,
  _environment: string,
  _names: readonly string[],
): Promise<Record<string, SecretOrigin>> {
  throw new Error('under construction');
}
