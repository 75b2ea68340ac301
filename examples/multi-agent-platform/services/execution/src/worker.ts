// Runs one program and ends. It is a thread of its own with a small heap, so that a program which
// loops or grows can be ended without harm to the service.
import process from 'node:process';
import vm from 'node:vm';
import { parentPort } from 'node:worker_threads';
import type { WorkerAnswer, WorkerRequest } from './protocol.ts';

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const largestAnswer = 64 * 1024;

// node:vm separates names, not powers: an object of this realm that finds its way into the program
// (an error that Node throws, for one) leads back to this realm's Function, and through it to
// everything global. So this realm gives up its Function and its globals before it runs anything.
const seal = () => {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds) {
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', {
      value: undefined,
      writable: false,
      configurable: false,
    });
  }
  const powers = [
    'process',
    'fetch',
    'WebSocket',
    'Request',
    'Response',
    'navigator',
    'performance',
    'Buffer',
    'global',
    'eval',
    'Function',
  ];
  for (const name of [...powers, 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'EventSource', 'WebAssembly']) {
    Reflect.deleteProperty(globalThis, name);
  }
};

// Buffers live outside the heap, where the thread's memory limit does not reach, so there are none.
const prelude = `'use strict';
for (const name of ['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'WebAssembly', 'Uint8Array', 'Uint8ClampedArray',
  'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float16Array', 'Float32Array', 'Float64Array',
  'BigInt64Array', 'BigUint64Array', 'FinalizationRegistry', 'WeakRef']) delete globalThis[name];
(() => {
  const { parse, stringify } = JSON;
  const text = String;
  const lines = [];
  const write = (...values) => {
    if (lines.length < 100) lines.push(values.map((value) => typeof value === 'string' ? value : stringify(value) ?? text(value)).join(' ').slice(0, 500));
  };
  globalThis.console = { log: write, info: write, warn: write, error: write };
  return {
    give: (json) => { globalThis.inputs = parse(json); },
    value: (value) => {
      if (value !== null && typeof value === 'object' && typeof value.then === 'function') throw new TypeError('a program must end by itself: a promise is not a value');
      return stringify(value === undefined ? null : value) ?? stringify(text(value));
    },
    lines: () => stringify(lines),
    describe: (error) => text(error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error) ? error.name + ': ' + error.message : error),
  };
})()`;

interface Prelude {
  give(json: string): void;
  value(value: unknown): string;
  lines(): string;
  describe(error: unknown): string;
}

function run(request: WorkerRequest): WorkerAnswer {
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const inside: Prelude = vm.runInContext(prelude, context, { filename: 'prelude' });
  inside.give(request.inputs);
  const limits = { timeout: request.timeoutMs, filename: 'program.js', displayErrors: false };
  try {
    const value = inside.value(vm.runInContext(`'use strict';${request.source}`, context, limits));
    if (value.length > largestAnswer)
      return { error: `the value has ${value.length} characters; ${largestAnswer} are allowed` };
    return { value, lines: inside.lines() };
  } catch (error) {
    const message = inside.describe(error);
    const late = (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    return {
      error: late ? `the program did not end within ${request.timeoutMs} ms` : message.slice(0, 500),
      lines: inside.lines(),
    };
  }
}

// A promise that a program leaves behind may fail when the program has given its value already.
process.on('unhandledRejection', () => {});

port.once('message', (request: WorkerRequest) => {
  seal();
  let answer: WorkerAnswer;
  try {
    answer = run(request);
  } catch {
    // What the program threw could not even be described.
    answer = { error: 'the program failed in a way that cannot be described' };
  }
  port.postMessage(answer);
});
