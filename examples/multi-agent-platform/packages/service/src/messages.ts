import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type TaskEvent, taskSubject } from './contracts.ts';

/** The services' way to NATS. */
export interface Messages {
  /** Publishes one event of a task. While NATS is away it is dropped: the database holds the record. */
  publish(taskId: string, event: TaskEvent): void;
  /** Calls `listener` for every event of a task until the returned function is called. */
  subscribe(taskId: string, listener: (event: TaskEvent) => void): () => void;
  /** Rejects unless NATS answers. */
  check(): Promise<void>;
  /** Sends what is left and disconnects. */
  close(): Promise<void>;
}

/**
 * Connects to NATS in the background and stays connected: a service may start before NATS does.
 * @param url `nats://[user:password@]host:port`, or `nats://token@host:port`
 * @param name shown by the server's monitoring
 */
export function connectMessages(url: string, name: string): Messages {
  const address = new URL(url);
  const user = decodeURIComponent(address.username);
  const pass = decodeURIComponent(address.password);
  let connection: NatsConnection | undefined;
  let closed = false;
  const connecting = connect({
    servers: address.host,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    waitOnFirstConnect: true,
    ...(pass ? { user, pass } : user ? { token: user } : {}),
  }).then(
    async (opened) => {
      connection = opened;
      if (closed) await opened.close();
    },
    () => undefined,
  );
  const opened = (): NatsConnection => {
    if (!connection || connection.isClosed()) throw new Error(`NATS at ${address.host} is not connected`);
    return connection;
  };
  return {
    publish(taskId, event) {
      if (connection && !connection.isClosed()) connection.publish(taskSubject(taskId), JSON.stringify(event));
    },
    subscribe(taskId, listener) {
      const subscription = opened().subscribe(taskSubject(taskId), {
        callback: (error, message) => {
          if (!error) listener(message.json<TaskEvent>());
        },
      });
      return () => subscription.unsubscribe();
    },
    async check() {
      await opened().flush();
    },
    async close() {
      closed = true;
      if (!connection) return;
      await connecting;
      if (!connection.isClosed()) await connection.drain();
    },
  };
}
