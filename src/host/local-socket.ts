import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** HTTP over a unix socket: only the user who owns the folder (mode 0700) can reach it, and no port is opened. */
export interface LocalServer {
  close(): Promise<void>;
}

export interface LocalRequest {
  method: string;
  /** With the leading slash. */
  path: string;
  /** Parsed JSON, undefined for an empty body. */
  body: unknown;
}

/** JSON, or a stream of JSON values, one a line, that goes on until its iterator ends or the client leaves. */
export type LocalAnswer =
  | { status: number; body: unknown }
  | { stream(send: (value: unknown) => void, signal: AbortSignal): Promise<void> };

/** Longest path of a unix socket: 104 bytes on macOS, 108 on Linux, with the closing zero. */
const longestPath = 103;

/**
 * Path of a socket by a name of its own, short enough for every system, in a folder that only this user may enter.
 * @throws when the folder belongs to somebody else
 */
export async function socketPath(name: string): Promise<string> {
  const { uid } = userInfo();
  const folders = [
    ...(process.env['XDG_RUNTIME_DIR'] ? [join(process.env['XDG_RUNTIME_DIR'], 'gantry')] : []),
    join(tmpdir(), `gantry-${uid}`),
    `/tmp/gantry-${uid}`,
  ];
  let problem: unknown;
  for (const folder of folders) {
    const path = join(folder, `${name}.sock`);
    if (Buffer.byteLength(path) > longestPath) continue;
    try {
      await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      const found = await lstat(folder);
      if (!found.isDirectory() || found.uid !== uid) throw new Error(`${folder} belongs to somebody else`);
      if ((found.mode & 0o077) !== 0) await chmod(folder, 0o700);
      return path;
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** Serves requests on the socket; whatever stands at the path is replaced, so hold the lock of the system first. */
export async function serveSocket(
  path: string,
  answer: (request: LocalRequest) => Promise<LocalAnswer>,
): Promise<LocalServer> {
  await rm(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, answer).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ message: String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Answers under way may finish; streams end with their connection.
      setTimeout(() => server.closeAllConnections(), 200).unref();
      server.closeIdleConnections();
      await closed;
      await rm(path, { force: true });
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: LocalRequest) => Promise<LocalAnswer>,
): Promise<void> {
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) text += chunk;
  const body: unknown = text ? JSON.parse(text) : undefined;
  const found = await answer({ method: incoming.method ?? 'GET', path: incoming.url ?? '/', body });
  if ('status' in found) {
    outgoing.writeHead(found.status, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(found.body ?? null));
    return;
  }
  const controller = new AbortController();
  outgoing.once('close', () => controller.abort());
  outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' });
  outgoing.flushHeaders();
  await found.stream((value) => {
    if (!outgoing.writableEnded) outgoing.write(`${JSON.stringify(value)}\n`);
  }, controller.signal);
  outgoing.end();
}

/**
 * Sends one request to a socket.
 * @returns status and parsed JSON; undefined when nobody listens there
 */
export async function askSocket(
  path: string,
  question: { method: string; path: string; body?: unknown },
): Promise<{ status: number; body: unknown } | undefined> {
  const response = await open(path, question);
  if (!response) return undefined;
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, body: text ? JSON.parse(text) : undefined };
}

/** Reads a stream of JSON values, one a line, until the server ends it, or the signal is aborted. */
export async function* streamSocket(
  path: string,
  question: { method: string; path: string },
  signal?: AbortSignal,
): AsyncGenerator<unknown> {
  const response = await open(path, question, signal).catch(() => undefined);
  if (!response) return;
  // A server that is gone in mid-line, and our own abort, end the stream as its end does.
  response.on('error', () => {});
  try {
    for await (const line of createInterface({ input: response })) yield JSON.parse(line);
  } catch {
    if (!signal?.aborted && !response.destroyed) throw new Error('the control socket spoke something else than JSON');
  } finally {
    response.destroy();
  }
}

const open = (
  path: string,
  question: { method: string; path: string; body?: unknown },
  signal?: AbortSignal,
): Promise<IncomingMessage | undefined> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: path, method: question.method, path: question.path, agent: false, signal });
    outgoing.once('response', resolve);
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTSOCK'].includes(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
    outgoing.end(question.body === undefined ? undefined : JSON.stringify(question.body));
  });
