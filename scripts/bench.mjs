/**
 * `npm run bench [name…]`: every file of bench/ that exports `measure()`, one after the other, as one table of ratios.
 * A ratio is over something measured in the same run, or over a fixed limit; exits 1 when one is over its limit.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './install.mjs';

install();
build();
const wanted = process.argv.slice(2);
const rows = [];
for (const file of readdirSync(join(root, 'bench')).sort()) {
  const name = file.replace(/\.mjs$/, '');
  if (!file.endsWith('.mjs') || (wanted.length > 0 && !wanted.includes(name))) continue;
  const { measure } = await import(join(root, 'bench', file));
  if (!measure) continue;
  console.error(`bench: ${name}`);
  rows.push(...(await measure()));
}

const figure = (value, unit) => `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
const table = rows.map((row) => {
  if (row.skipped) return [row.what, 'not run', row.skipped, '', '', ''];
  const ratio = row.measured / row.reference;
  const verdict = row.limit === undefined ? '' : ratio <= row.limit ? 'within' : 'OVER';
  return [
    row.what,
    figure(row.measured, row.unit),
    `${row.against} ${figure(row.reference, row.unit)}`,
    ratio.toFixed(2),
    row.limit ?? '',
    verdict,
  ];
});
table.unshift(['what', 'measured', 'against', 'ratio', 'limit', '']);
const widths = table[0].map((_, column) => Math.max(...table.map((line) => String(line[column]).length)));
for (const line of table)
  console.log(
    line
      .map((cell, column) => String(cell).padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
process.exit(table.some((line) => line[5] === 'OVER') ? 1 : 0);
