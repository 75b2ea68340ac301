/**
 * `npm test`: install, build, check, then every test that this machine can run. Arguments go to vitest.
 * The last line is `N passed, N failed, N skipped`, counted from vitest's own report.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build, install, root, runOrExit } from './install.mjs';
import { unavailable } from './tiers.mjs';

install();
build();
const only = process.argv.slice(2);
if (only.length === 0) runOrExit(process.execPath, [join(root, 'scripts', 'check.mjs')]);

const folder = mkdtempSync(join(tmpdir(), 'gantry-test-'));
const report = join(folder, 'report.json');
const vitest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...only,
  ],
  { cwd: root, stdio: 'inherit' },
);
let totals = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
try {
  totals = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  console.error('gantry: the test run left no report');
}
rmSync(folder, { recursive: true, force: true });
const status = vitest.status ?? 1;
for (const { name, assertionResults } of totals.testResults ?? []) {
  for (const { fullName, status: state } of assertionResults) {
    if (state !== 'passed' && state !== 'failed') console.log(`not run: ${relative(root, name)}: ${fullName}`);
  }
}
for (const { file, why } of unavailable) console.log(`not run: ${file}: ${why}`);
console.log(
  `${totals.numPassedTests} passed, ${Math.max(totals.numFailedTests, status === 0 ? 0 : 1)} failed, ${totals.numPendingTests} skipped`,
);
process.exit(status);
