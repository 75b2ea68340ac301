import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Whether a server may listen on the TCP port: tried on loopback and on every address, in both families, for a server
 * that listens on one of them is in the way of the others for some clients. (`/proc/net/tcp` would tell too, but to read
 * it takes twenty times as long.)
 */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

/**
 * The next free port from `from` on.
 * @param isTaken ports to pass over although nobody listens there yet
 * @throws when 2,000 ports in a row are taken
 */
export async function findFreePort(from: number, isTaken: (port: number) => boolean = () => false): Promise<number> {
  for (let step = 0; step < 2_000; step++) {
    const port = from + step > 65_535 ? 20_000 + step : from + step;
    if (!isTaken(port) && (await isPortFree(port))) return port;
  }
  throw new Error(`no free port near ${from}`);
}

/** Process id of whoever listens on the TCP port; undefined when nobody does or the system does not tell us. */
export function findListener(port: number): number | undefined {
  if (process.platform !== 'linux') {
    try {
      const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' });
      return Number.parseInt(text, 10) || undefined;
    } catch {
      return undefined;
    }
  }
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
        if (sockets.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`))) return Number(pid);
      }
    } catch {
      // Gone meanwhile, or not ours to read.
    }
  }
  return undefined;
}

/** Links such as `socket:[4711]` of the sockets that listen on the port, in either family. See proc(5), `/proc/net/tcp`. */
function listeningSockets(port: number): Set<string> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const found = new Set<string>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let text = '';
    try {
      text = readFileSync(file, 'latin1');
    } catch {
      // No IPv6 on this machine.
    }
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at));
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && local.endsWith(wanted)) found.add(`socket:[${inode}]`);
    }
  }
  return found;
}

const canListen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
