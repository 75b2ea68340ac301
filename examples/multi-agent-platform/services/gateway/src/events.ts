import type { ServerResponse } from 'node:http';
import type { TaskEvent } from '@platform/service/contracts.ts';
import type { Messages } from '@platform/service/messages.ts';
import type { TaskDetail } from './tasks.ts';

/** Open event streams, so that shutting down can end them: a stream would otherwise hold the server open. */
export type OpenStreams = Set<() => void>;

const pollMs = 2_000;

/**
 * Streams a task to a browser as server-sent events until it is finished: first `snapshot`, which is
 * all that is known, then each `span` as it happens, at the end `snapshot` again and `end`.
 * Events come from NATS. The database is asked now and then too, for a message can be missed while a
 * connection is being made anew, and the end of a task must not be.
 * @param read the task as the database has it
 */
export async function streamTask(
  response: ServerResponse,
  taskId: string,
  messages: Messages,
  streams: OpenStreams,
  read: () => Promise<TaskDetail | undefined>,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  await new Promise<void>((resolve) => {
    let checking = false;
    let announceNext = false;
    const end = () => {
      clearInterval(timer);
      unsubscribe();
      streams.delete(end);
      response.end();
      resolve();
    };
    const check = async (announce: boolean) => {
      if (response.writableEnded) return;
      if (checking) {
        announceNext ||= announce;
        return;
      }
      checking = true;
      try {
        const task = await read();
        const finished = task?.state === 'completed' || task?.state === 'failed';
        if (task && (announce || finished)) send('snapshot', task);
        else response.write(': still here\n\n');
        if (finished) {
          send('end', {});
          end();
        }
      } catch {
        // The database will be asked again at the next tick.
      } finally {
        checking = false;
      }
      if (announceNext) {
        announceNext = false;
        await check(true);
      }
    };
    const listener = (event: TaskEvent) => {
      if (event.type === 'span') send('span', event.span);
      else if (event.state === 'completed' || event.state === 'failed') void check(true);
    };
    const unsubscribe = messages.subscribe(taskId, listener);
    const timer = setInterval(() => void check(false), pollMs);
    streams.add(end);
    response.on('close', end);
    // Subscribed first, read second: nothing can fall between the two.
    void check(true);
  });
}
