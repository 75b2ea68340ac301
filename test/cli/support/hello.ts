import { createServer } from 'node:net';

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** A system of one web service that answers with its variables, as the files of a folder. */
export const hello = (port: number, more = ''): Record<string, string> => ({
  'api/package.json': JSON.stringify({ name: 'api', type: 'module', scripts: { start: 'node server.js' } }),
  'api/server.js': `import { createServer } from 'node:http';
createServer((request, response) => {
  console.log('asked for ' + request.url);
  response.end(JSON.stringify({ greeting: process.env.GREETING, pid: process.pid }));
}).listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
`,
  'gantry.yaml': `system: hello
services:
  api:
    source: api
    port: ${port}
    env: {GREETING: hello, TOKEN: "\${secrets.token}"}
secrets:
  token: {generate: 32}
routes:
  site: {host: hello.local, service: api}
${more}`,
});

/** Waits until it holds; fails after a minute with what was seen last. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const until = Date.now() + 60_000;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within a minute${last ? ` (${last})` : ''}`);
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
