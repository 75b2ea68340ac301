/** A system of ten small Node services for the benches: a chain of three, and seven beside it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** A service that takes `delay` ms to come up, as one that opens a pool or reads a table does, and serves `text`. */
const source = (text, delay) => `import { createServer } from 'node:http';
const text = ${JSON.stringify(text)};
await new Promise((resolve) => setTimeout(resolve, ${delay}));
createServer((request, response) => response.end(text)).listen(Number(process.env.PORT), process.env.HOST);
`;

/** Milliseconds each service takes to come up, and what it waits for. */
export const services = {
  first: { delay: 300, needs: [] },
  second: { delay: 400, needs: ['first'] },
  third: { delay: 500, needs: ['second'] },
  ...Object.fromEntries(
    Array.from({ length: 7 }, (_, n) => [`side-${n}`, { delay: 100 + 50 * n, needs: n % 2 ? ['first'] : [] }]),
  ),
};

/** Writes the system into a new folder. @returns the folder and a function that removes it. */
export function makeSystem() {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
  const lines = ['system: bench', 'services:'];
  Object.entries(services).forEach(([name, { delay, needs }], index) => {
    const home = join(folder, name);
    mkdirSync(home);
    writeFileSync(
      join(home, 'package.json'),
      JSON.stringify({ name, version: '1.0.0', type: 'module', private: true, scripts: { start: 'node server.js' } }),
    );
    writeFileSync(join(home, 'server.js'), source('one', delay));
    const env = needs.map((other) => `${other.toUpperCase().replace('-', '_')}_URL: "\${${other}.url}"`).join(', ');
    lines.push(`  ${name}: {source: ${name}, port: ${21000 + index}, health: {ready: /}, env: {${env}}}`);
  });
  writeFileSync(join(folder, 'gantry.yaml'), `${lines.join('\n')}\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const writeService = (folder, name, text, delay) =>
  writeFileSync(join(folder, name, 'server.js'), source(text, delay));

/** Runs the built command line to its end. @returns exit code, output, and the wall in ms. */
export function gantry(folder, ...args) {
  return finished(spawn(process.execPath, [cli, '--dir', folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Waits for a process to end, collecting what it prints. */
export function finished(child) {
  const began = performance.now();
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, output, wall: performance.now() - began })),
  );
}

/** Milliseconds until the address answers (with `text`, when given), asked every 3 ms. */
export async function answers(address, text, limit = 60_000) {
  const began = performance.now();
  while (performance.now() - began < limit) {
    try {
      const body = await (await fetch(address)).text();
      if (text === undefined || body === text) return performance.now() - began;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error(`${address} did not answer within ${limit} ms`);
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
