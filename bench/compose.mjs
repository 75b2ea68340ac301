/**
 * The ten services of the start bench under docker compose, where an engine is present: warm `up --wait` beside warm
 * `gantry up --detach`. The image is named by GANTRY_BENCH_IMAGE and must have `node`; node:22-slim when left out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished, gantry, makeSystem, median, services } from './system.mjs';

const what = 'up to all ready, 10 services, warm';
const image = process.env['GANTRY_BENCH_IMAGE'] ?? 'node:22-slim';
const docker = (folder, ...args) =>
  finished(spawn('docker', ['compose', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }));

/** Why compose cannot run here; undefined when it can. */
function missing() {
  if (spawnSync('docker', ['info']).status !== 0) return 'docker compose: no container engine answers';
  if (spawnSync('docker', ['compose', 'version']).status !== 0) return 'docker compose: not installed';
  const pulled = ['inspect', 'pull'].some((verb) => spawnSync('docker', ['image', verb, image]).status === 0);
  return pulled ? undefined : `docker compose: no image ${image}`;
}

/** Engines before 25 know no `start_interval`; asking every 500 ms then stands for the habit of those who used them. */
function healthTimes() {
  const { stdout } = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) >= 25
    ? 'start_period: 30s, start_interval: 100ms, interval: 5s'
    : 'interval: 500ms';
}

function writeCompose(folder) {
  const times = healthTimes();
  const lines = ['services:'];
  for (const [name, { needs }] of Object.entries(services)) {
    const probe = "fetch('http://127.0.0.1:8080').then(() => process.exit(0), () => process.exit(1))";
    lines.push(`  ${name}:`, `    image: ${image}`, '    init: true', '    command: [node, /app/server.js]');
    lines.push(`    volumes: ["./${name}:/app:ro"]`, '    environment: {PORT: "8080", HOST: "0.0.0.0"}');
    lines.push(`    healthcheck: {test: [CMD, node, -e, "${probe}"], ${times}}`);
    if (needs.length > 0)
      lines.push(`    depends_on: {${needs.map((need) => `${need}: {condition: service_healthy}`)}}`);
  }
  writeFileSync(join(folder, 'compose.yaml'), `${lines.join('\n')}\n`);
}

/** Wall of the warm starts; the first one prepares and is not counted. */
async function starts(up, down) {
  const walls = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const { code, output, wall } = await up();
    if (code !== 0) throw new Error(output);
    if (turn > 0) walls.push(wall);
    await down();
  }
  return median(walls);
}

/** @returns rows of the bench table */
export async function measure() {
  const why = missing();
  if (why) return [{ what, skipped: why }];
  const { folder, remove } = makeSystem();
  try {
    writeCompose(folder);
    const reference = await starts(
      () => docker(folder, 'up', '--detach', '--wait'),
      () => docker(folder, 'down', '--timeout', '0'),
    );
    const measured = await starts(
      () => gantry(folder, 'up', '--detach'),
      () => gantry(folder, 'down'),
    );
    return [{ what, measured, against: 'docker compose up --wait', reference, unit: 'ms', limit: 1 }];
  } finally {
    await docker(folder, 'down', '--timeout', '0');
    await gantry(folder, 'down');
    remove();
  }
}
