import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AcquiredProgram, Launch, LocalServer } from '../../backing/backing.ts';
import { loadLocalBacking } from '../../backing/local.ts';
import { unservedAttributes } from '../../backing/unserved.ts';
import {
  runtimeCannotStart,
  runtimeCrashed,
  runtimeNoLocalBacking,
  runtimeNotReady,
} from '../../diagnostics/catalogue/runtime.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import { makeFolder } from '../../host/files.ts';
import { cacheFolder } from '../../host/places.ts';
import type { Exit } from '../../host/process-group.ts';
import { workloadUrl } from '../../plan/addresses.ts';
import type { BackingService } from '../../plan/plan.ts';
import { backoffAfter } from './backoff.ts';
import { host, inheritedVariables, resolveValue } from './environment.ts';
import { exitText, type ManagedProcess, startManaged } from './managed-process.ts';
import { isStolen, portKey } from './ports.ts';
import type { RunContext } from './run-context.ts';
import { keepCredential } from './secrets.ts';
import { createUnit, type Unit } from './unit.ts';

/** Milliseconds after which a server that does not answer is spoken about. */
const slowAfter = 30_000;

/** Makes the unit of a backing service. */
export function createBacking(context: RunContext, name: string): Unit {
  const tell = (diagnostic: Diagnostic) => context.emit({ type: 'diagnostic', at: Date.now(), name, diagnostic });
  const progress = (message: string) => context.emit({ type: 'progress', at: Date.now(), name, message });

  return createUnit(context, name, 'backing', {
    async live(self, signal) {
      const service = context.plan.backing[name];
      if (!service) throw new Error(`${name} is not in the plan`);
      if (service.from === 'external') return beExternal(self, service);
      const local = await loadLocalBacking(service.type);
      if (!local) throw new Failure([runtimeNoLocalBacking(name, service.type)]);
      if (local.kind === 'names') {
        setAttributes(local.attributes(service));
        self.set('ready', { note: 'only names here: nothing runs' });
        return;
      }
      self.set('preparing', { detail: 'looks for its program' });
      const program = await local.acquire(service, {
        cacheFolder: cacheFolder(),
        progress: (message) => {
          self.set('preparing', { detail: message });
          progress(message);
        },
        report: tell,
        signal,
      });
      signal.throwIfAborted();
      if (Array.isArray(program)) throw new Failure(program);
      self.set('preparing', { origin: program.origin, ...(program.note ? { note: program.note } : {}) });
      await keepRunning(self, service, local, program, signal);
    },
  });

  function beExternal(self: Unit, service: BackingService): void {
    const given = Object.entries(service.attributes).map(([key, value]) => [
      key,
      resolveValue(value, context.addresses),
    ]);
    setAttributes(Object.fromEntries(given.filter((entry) => entry[1] !== undefined)));
    self.set('ready', { note: 'external: not started here' });
  }

  function setAttributes(attributes: Record<string, string>): void {
    context.addresses.attributes.set(name, attributes);
    if (attributes['password']) context.mask.add(attributes['password']);
    context.changed();
  }

  async function keepRunning(
    self: Unit,
    service: BackingService,
    local: LocalServer,
    program: AcquiredProgram,
    signal: AbortSignal,
  ): Promise<void> {
    for (let failures = 0; ; ) {
      const launch = await launchServer(self, service, local, program, signal);
      signal.throwIfAborted();
      setAttributes(launch.attributes);
      if (failures === 0) unservedAttributes(context.plan, name, program, launch).forEach(tell);
      const running = await startServer(self, service, launch, signal);
      const { exit, readyFor } = await watchOver(self, running, launch, signal);
      self.process = undefined;
      const backoff = backoffAfter(failures, readyFor);
      failures = backoff.failures;
      const again = `${backoff.delay / 1_000} s`;
      tell(runtimeCrashed(name, exitText(exit), again, running.lastLines()));
      self.set('backing-off', {
        restarts: self.status.restarts + 1,
        detail: `${exitText(exit)}; starts again in ${again}`,
      });
      if (readyFor === 0 && isStolen(context.addresses.ports, name, context.run)) context.movePorts(name);
      await sleep(backoff.delay, undefined, { signal });
    }
  }

  async function launchServer(
    self: Unit,
    service: BackingService,
    local: LocalServer,
    program: AcquiredProgram,
    signal: AbortSignal,
  ): Promise<Launch> {
    const dataFolder = join(context.places.data, name);
    await makeFolder(dataFolder, 0o700);
    const ports = Object.keys(service.ports).map((port) => [
      port,
      context.addresses.ports.get(portKey(name, port)) ?? 0,
    ]);
    return local.launch(service, program, {
      dataFolder,
      root: context.root,
      host,
      ports: Object.fromEntries(ports),
      async credential(credential, make) {
        const value = await keepCredential(context.root, context.environment, name, credential, make);
        context.mask.add(value);
        return value;
      },
      progress: (message) => {
        self.set('preparing', { detail: message });
        progress(message);
      },
      report: tell,
      signal,
    });
  }

  async function startServer(
    self: Unit,
    service: BackingService,
    launch: Launch,
    signal: AbortSignal,
  ): Promise<ManagedProcess> {
    const running = await startManaged(context, {
      name,
      role: 'service',
      argv: launch.argv,
      cwd: launch.cwd,
      environment: { ...inheritedVariables(context.plan), ...launch.environment },
      user: launch.user,
      stopSignal: launch.stopSignal,
      stopTimeout: launch.stopTimeout * 1_000,
    }).catch((error: Error) => {
      throw new Failure([runtimeCannotStart(name, launch.argv, error.message)]);
    });
    self.process = running;
    const served = Object.entries(service.ports).filter(([port]) => launch.ports?.includes(port) ?? true);
    const addresses = served.map(([port, { protocol }]) => [
      port,
      workloadUrl(protocol, 'localhost', context.addresses.ports.get(portKey(name, port)) ?? 0),
    ]);
    self.set('starting', { addresses: Object.fromEntries(addresses) });
    signal.throwIfAborted();
    return running;
  }

  /** Until the server ends. It is ready once it answers and what comes after (roles, databases, init SQL) is done. */
  async function watchOver(
    self: Unit,
    running: ManagedProcess,
    launch: Launch,
    signal: AbortSignal,
  ): Promise<{ exit: Exit; readyFor: number }> {
    let readySince: number | undefined;
    const over = new AbortController();
    const abort = () => over.abort();
    signal.addEventListener('abort', abort, { once: true });
    const ready = answers(launch, over.signal).then(async (): Promise<never> => {
      await launch.afterReady?.();
      if (!over.signal.aborted) {
        readySince = performance.now();
        self.set('ready');
      }
      return new Promise<never>(() => {});
    });
    ready.catch(() => {});
    const aborting = new Promise<never>((_resolve, reject) => {
      over.signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    aborting.catch(() => {});
    try {
      const exit = await Promise.race([running.ended, ready, aborting]);
      return { exit, readyFor: readySince === undefined ? 0 : performance.now() - readySince };
    } finally {
      signal.removeEventListener('abort', abort);
      over.abort();
    }
  }

  async function answers(launch: Launch, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    let told = false;
    const ready = () =>
      launch.ready().catch((error: unknown) => {
        // What the user must solve (a password that no longer fits) does not pass by waiting.
        if (error instanceof Failure) throw error;
        return false;
      });
    while (!(await ready())) {
      const passed = performance.now() - begun;
      if (passed > slowAfter && !told) {
        told = true;
        tell(runtimeNotReady(name, Math.round(passed / 1_000), 'it does not answer'));
      }
      await sleep(Math.min(Math.max(15, passed / 12), 250), undefined, { signal });
    }
  }
}
