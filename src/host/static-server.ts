import { createServer } from 'node:http';
import sirv from 'sirv';

export interface StaticServer {
  port: number;
  /** Stops accepting and resolves when the last answer is out. */
  close(): Promise<void>;
}

/**
 * Serves the files of a folder over HTTP, read anew at every request. Nothing above the folder and no file whose name
 * begins with a dot is served.
 * @param port 0 for any free one
 * @throws when it cannot listen
 */
export async function serveFolder(folder: string, host: string, port: number): Promise<StaticServer> {
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const notFound = () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
    };
    if (isHidden(request.url ?? '/')) notFound();
    else files(request, response, notFound);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** Whether a part of the path begins with a dot: `.env`, `.git`, `..`. The library leaves such files out only when it caches. */
function isHidden(url: string): boolean {
  try {
    const parts = decodeURIComponent(url.replace(/[?#].*/s, '')).split(/[/\\]/);
    return parts.some((part) => part.startsWith('.') && part !== '.well-known');
  } catch {
    return true;
  }
}
