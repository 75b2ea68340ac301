import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaticServer, serveFolder } from '../../src/host/static-server.ts';

let folder = '';
let server: StaticServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-static-'));
  await mkdir(join(folder, 'site/deep'), { recursive: true });
  await writeFile(join(folder, 'outside.txt'), 'outside');
  await writeFile(join(folder, 'site/index.html'), 'home');
  await writeFile(join(folder, 'site/deep/page.html'), 'page');
  await writeFile(join(folder, 'site/.env'), 'SECRET=1');
  server = await serveFolder(join(folder, 'site'), '127.0.0.1', 0);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Asks for a path as it is written; fetch would tidy it up first. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status?: number; body: string; type?: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method }, (answer) => {
      let body = '';
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body, type: answer.headers['content-type'] }));
    });
    asked.on('error', reject).end();
  });

test('serves index.html, a page without its ending, and the right type', async () => {
  expect(await ask('/')).toEqual({ status: 200, body: 'home', type: 'text/html;charset=utf-8' });
  expect(await ask('/deep/page')).toMatchObject({ status: 200, body: 'page' });
  expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each([
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/deep/../../outside.txt',
  '/.env',
  '/%2eenv',
  '/none',
  '/%',
  '/%00',
])('%s is not found', async (path) => {
  const { status, body } = await ask(path);
  expect({ status, body }).toEqual({ status: 404, body: 'Not found\n' });
});

test('only reads', async () => {
  expect(await ask('/', 'POST')).toMatchObject({ status: 405 });
});

test('a file that changed is served anew', async () => {
  await writeFile(join(folder, 'site/changing.html'), 'one');
  expect(await ask('/changing.html')).toMatchObject({ body: 'one' });
  await writeFile(join(folder, 'site/changing.html'), 'two two');
  expect(await ask('/changing.html')).toMatchObject({ body: 'two two' });
});
