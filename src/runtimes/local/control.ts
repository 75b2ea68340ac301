import { Failure } from '../../diagnostics/diagnostic.ts';
import { type LocalAnswer, type LocalRequest, type LocalServer, serveSocket } from '../../host/local-socket.ts';
import type { ServiceEnvironment } from './client.ts';
import type { RuntimeEvent } from './event.ts';
import type { Supervisor } from './supervisor.ts';

/** What the control socket offers beside the supervisor itself. */
export interface ControlledSystem extends Pick<Supervisor, 'status' | 'restart' | 'stop'> {
  /** See OpenRun. */
  subscribe(listener: (event: RuntimeEvent) => void): () => void;
  environmentOf(name: string): Promise<ServiceEnvironment>;
}

/**
 * Serves the control socket: `GET /status`, `GET /events` (newline-delimited JSON), `GET /environment/<name>`,
 * `POST /restart {names}`, `POST /stop {now}`. A mistake of the asker is answered with 400 and its diagnostics.
 */
export function serveControl(path: string, system: ControlledSystem): Promise<LocalServer> {
  return serveSocket(path, async (request) => {
    try {
      return await answer(request, system);
    } catch (error) {
      if (error instanceof Failure) return { status: 400, body: { diagnostics: error.diagnostics } };
      throw error;
    }
  });
}

async function answer({ method, path, body }: LocalRequest, system: ControlledSystem): Promise<LocalAnswer> {
  const environment = /^\/environment\/(.+)$/.exec(path)?.[1];
  switch (environment === undefined ? `${method} ${path}` : 'environment') {
    case 'GET /status':
      return { status: 200, body: system.status() };
    case 'GET /events':
      return { stream: (send, signal) => streamEvents(system, send, signal) };
    case 'environment':
      return { status: 200, body: await system.environmentOf(decodeURIComponent(environment ?? '')) };
    case 'POST /restart':
      await system.restart((body as { names?: string[] } | undefined)?.names ?? []);
      return { status: 200, body: {} };
    case 'POST /stop':
      // Not awaited: the answer could not be sent any more once everything has ended.
      void system.stop({ now: (body as { now?: boolean } | undefined)?.now === true });
      return { status: 202, body: {} };
    default:
      return { status: 404, body: { message: `${method} ${path}` } };
  }
}

async function streamEvents(
  system: ControlledSystem,
  send: (event: RuntimeEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const forget = system.subscribe((event) => {
    send(event);
    if (event.type === 'system' && event.state === 'stopped') end();
  });
  signal.addEventListener('abort', end, { once: true });
  const { processes, state } = system.status();
  const at = Date.now();
  for (const process of processes) send({ type: 'status', at, process });
  send({ type: 'system', at, state });
  await ended;
  forget();
}
