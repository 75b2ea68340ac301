import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What running a module gave: what it exports, or what it threw; and the URL that its stack traces name. */
export type Imported = { url: string } & ({ exports: Record<string, unknown> } | { thrown: unknown } | { late: true });

/**
 * Runs a module from its code, from a temporary file that is gone afterwards. Each call runs it anew.
 * @param code ECMAScript without imports of packages
 * @param timeout milliseconds that its top-level awaits may take
 */
export async function importCode(code: string, timeout: number): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-config-'));
  const path = join(folder, 'config.mjs');
  const url = pathToFileURL(path).href;
  let timer: NodeJS.Timeout | undefined;
  try {
    await writeFile(path, code, { mode: 0o600 });
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, timeout, 'late');
    });
    const running = import(/* @vite-ignore */ url) as Promise<Record<string, unknown>>;
    const exports = await Promise.race([running, late]);
    return exports === 'late' ? { url, late: true } : { url, exports };
  } catch (thrown) {
    return { url, thrown };
  } finally {
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  }
}
