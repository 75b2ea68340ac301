/** From the saved edit to the new answer: Gantry's reload beside the framework's own watcher over the same file. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { answers, gantry, makeSystem, median, writeService } from './system.mjs';

const turns = 9;

async function editTimes(folder, name, port) {
  const times = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    const text = `edit ${turn} ${Math.random()}`;
    // Watchers of every kind swallow a change that comes within their quiet time after the last start.
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeService(folder, name, text, 0);
    const taken = await answers(`http://127.0.0.1:${port}/`, text);
    if (turn > 0) times.push(taken);
  }
  return median(times);
}

async function underNodeWatch() {
  const { folder, remove } = makeSystem();
  writeService(folder, 'first', 'start', 0);
  const child = spawn(process.execPath, ['--watch', 'server.js'], {
    cwd: join(folder, 'first'),
    env: { ...process.env, PORT: '21600', HOST: '127.0.0.1' },
    stdio: 'ignore',
    detached: true,
  });
  try {
    await answers('http://127.0.0.1:21600/', 'start');
    return await editTimes(folder, 'first', 21600);
  } finally {
    const gone = new Promise((resolve) => child.on('close', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
    remove();
  }
}

async function underGantry() {
  const { folder, remove } = makeSystem();
  writeService(folder, 'first', 'start', 0);
  try {
    const up = await gantry(folder, 'up', 'first', '--detach');
    if (up.code !== 0) throw new Error(up.output);
    const status = JSON.parse((await gantry(folder, 'status', '--json')).output);
    const { addresses } = status.processes.find((process) => process.name === 'first');
    return await editTimes(folder, 'first', new URL(Object.values(addresses)[0]).port);
  } finally {
    await gantry(folder, 'down');
    remove();
  }
}

/** @returns rows of the bench table */
export async function measure() {
  const reference = await underNodeWatch();
  return [
    { what: 'edit served', measured: await underGantry(), against: 'node --watch', reference, unit: 'ms', limit: 1.2 },
  ];
}
