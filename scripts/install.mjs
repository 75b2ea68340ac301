/**
 * Installs the project's packages when they are missing or older than the lockfile, so that `npm start` and `npm test`
 * are the only command a fresh clone needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program with our terminal; ends this process with its exit code when it fails. */
export function runOrExit(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Runs `npm ci` unless the packages on disk already match the lockfile. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const record = join(root, 'node_modules', '.gantry-lock');
  if (existsSync(record) && readFileSync(record, 'utf8') === lock) return;
  console.error('gantry: installing packages');
  runOrExit('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']);
  writeFileSync(record, lock);
}

/** Builds dist/ when a source is newer than it. */
export function build() {
  runOrExit(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-needed']);
}
