import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'vitest';

/** An item as the service answers it. */
interface Item {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The running service's address, such as http://localhost:3000: what `gantry up` printed. */
const api = () => process.env.API_URL;

/** Sends a request to the running service. A body is sent as JSON. */
async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  assert.ok(api(), 'API_URL is not set: expected the address of the running service');
  return await fetch(new URL(path, api()), {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test('an item goes all the way round: created, read, listed, replaced, guarded, removed', async () => {
  // Other runs may have left items behind, or be adding some now: this one owns what carries its name.
  const name = `smoke ${randomUUID()}`;

  assert.equal((await send('GET', '/health')).status, 200);
  assert.equal((await send('GET', '/health/ready')).status, 200);

  const created = await send('POST', '/items', { name, description: 'first' });
  assert.equal(created.status, 201);
  const item = (await created.json()) as Item;
  const path = created.headers.get('location') ?? '';
  assert.equal(path, `/items/${item.id}`);
  assert.deepEqual([item.name, item.description, item.version], [name, 'first', 1]);

  const twin = await send('POST', '/items', { name });
  assert.equal(twin.status, 409);
  assert.equal(twin.headers.get('content-type'), 'application/problem+json');

  const read = await send('GET', path);
  assert.deepEqual([read.status, read.headers.get('etag')], [200, '"1"']);
  assert.deepEqual(await read.json(), item);

  const page = (await (await send('GET', `/items?after=${item.id - 1}&limit=1`)).json()) as { items: Item[] };
  assert.deepEqual(page.items, [item]);

  const replaced = await send('PUT', path, { name, description: 'second' }, { 'if-match': '"1"' });
  assert.deepEqual([replaced.status, replaced.headers.get('etag')], [200, '"2"']);
  const stale = await send('PUT', path, { name, description: 'third' }, { 'if-match': '"1"' });
  assert.equal(stale.status, 412);
  assert.equal(((await (await send('GET', path)).json()) as Item).description, 'second');

  const invalid = await send('POST', '/items', { name: ' ' });
  assert.equal(invalid.status, 422);
  assert.equal(((await invalid.json()) as { errors: { field: string }[] }).errors[0]?.field, 'name');

  assert.equal((await send('DELETE', path)).status, 204);
  assert.equal((await send('GET', path)).status, 404);
});
