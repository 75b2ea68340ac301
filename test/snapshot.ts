import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { expect } from 'vitest';

/** Set to write what the program says now instead of comparing: look at the difference before committing it. */
export const updating = process.env['GANTRY_UPDATE'] !== undefined;

/** Compares a text with the file that keeps it. A missing file fails, and a mismatch shows the lines that differ. */
export function expectFile(path: string, text: string): void {
  if (updating) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  let kept: string | undefined;
  try {
    kept = readFileSync(path, 'utf8');
  } catch {
    expect.fail(
      `${relative(process.cwd(), path)} is missing: run the test once with GANTRY_UPDATE=1 and look at what it writes`,
    );
  }
  expect(text, `differs from ${relative(process.cwd(), path)} (GANTRY_UPDATE=1 rewrites it)`).toBe(kept);
}
