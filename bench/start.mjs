/**
 * From `gantry up` to all ready, warm, beside the slowest chain of the services' own start times: each service is first
 * started alone by plain `node` and timed until it answers; the chain adds those up along the connections.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { answers, cli, gantry, makeSystem, median, services } from './system.mjs';

async function ownStart(folder, name, port) {
  const began = performance.now();
  const child = spawn(process.execPath, ['server.js'], {
    cwd: join(folder, name),
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  await answers(`http://127.0.0.1:${port}/`);
  const wall = performance.now() - began;
  const gone = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGKILL');
  await gone;
  return wall;
}

/** `gantry up` as at a terminal: milliseconds from the command to the line that says that everything is ready. */
async function attachedStart(folder) {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, '--dir', folder, 'up', '--plain'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let wall;
  const look = (chunk) => {
    output += chunk;
    if (wall !== undefined || !/ is ready;/.test(output)) return;
    wall = performance.now() - began;
    child.kill('SIGINT');
  };
  child.stdout.on('data', look);
  child.stderr.on('data', look);
  await new Promise((resolve) => child.on('close', resolve));
  if (wall === undefined) throw new Error(output);
  return wall;
}

/** @returns rows of the bench table */
export async function measure() {
  const { folder, remove } = makeSystem();
  try {
    const own = {};
    let port = 21500;
    for (const name of Object.keys(services)) {
      port += 1;
      own[name] = median([
        await ownStart(folder, name, port),
        await ownStart(folder, name, port),
        await ownStart(folder, name, port),
      ]);
    }
    const chain = (name) => own[name] + Math.max(0, ...services[name].needs.map(chain));
    const critical = Math.max(...Object.keys(services).map(chain));

    const walls = [];
    let memory = 0;
    for (let turn = 0; turn < 6; turn += 1) {
      const up = await gantry(folder, 'up', '--detach');
      if (up.code !== 0) throw new Error(up.output);
      if (turn > 0) walls.push(up.wall); // The first run prepares: not warm.
      const status = JSON.parse((await gantry(folder, 'status', '--json')).output);
      memory = Math.max(memory, await residentBytes(status.supervisor.pid));
      await gantry(folder, 'down');
    }
    const attached = [];
    for (let turn = 0; turn < 5; turn += 1) attached.push(await attachedStart(folder));
    return [
      {
        what: 'up to all ready, 10 services, warm',
        measured: median(attached),
        against: 'slowest chain',
        reference: critical,
        unit: 'ms',
        limit: 1.2,
      },
      {
        what: 'up --detach, until it returns',
        measured: median(walls),
        against: 'slowest chain',
        reference: critical,
        unit: 'ms',
        limit: 1.2,
      },
      {
        what: 'supervisor memory, 10 services',
        measured: memory / 2 ** 20,
        against: 'limit',
        reference: 80,
        unit: 'MiB',
        limit: 1,
      },
    ];
  } finally {
    await gantry(folder, 'down');
    remove();
  }
}

async function residentBytes(pid) {
  const { readFileSync } = await import('node:fs');
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}
