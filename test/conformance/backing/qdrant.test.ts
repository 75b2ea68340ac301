import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { QdrantClient } from '@qdrant/js-client-rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, makeHome, type Running, removeHome, serviceOf, start } from './server.ts';

/** The part of the REST API that the front serves, through the client that services use. */

let home: Home;
let running: Running;
let client: QdrantClient;

const connect = (key = running.attributes['api-key']) =>
  new QdrantClient({ url: running.attributes['url'] ?? '', apiKey: key ?? '', checkCompatibility: false });

const uuid = '5b0e0d0e-3c1c-4d7b-8f32-c0ffee000001';
const cities = [
  {
    id: 1,
    vector: [1, 0, 0, 0],
    payload: {
      city: 'Berlin',
      capital: true,
      people: 3_700_000,
      at: { lon: 13.4, lat: 52.5 },
      tags: ['a', 'b'],
      made: '2024-01-01T00:00:00Z',
    },
  },
  {
    id: 2,
    vector: [0.9, 0.1, 0, 0],
    payload: { city: 'London', capital: 1, people: 8_900_000, at: { lon: -0.12, lat: 51.5 }, tags: ['b'] },
  },
  {
    id: 3,
    vector: [0, 1, 0, 0],
    payload: {
      city: 'Rome',
      people: 2_800_000,
      country: {
        name: 'Italy',
        parts: [
          { n: 1, old: true },
          { n: 2, old: false },
        ],
      },
    },
  },
  { id: uuid, vector: [0, 0, 1, 0], payload: { city: 'Oslo', people: 700_000, text: 'the quick brown fox' } },
];

beforeAll(async () => {
  home = await makeHome();
  running = await start(home, serviceOf('qdrant'));
  client = connect();
  await client.createCollection('cities', { vectors: { size: 4, distance: 'Cosine' } });
  await client.upsert('cities', { wait: true, points: cities });
});
afterAll(async () => {
  await running?.stop();
  if (home) await removeHome(home);
});

const ids = (points: { id: string | number }[]) => points.map((point) => point.id);

describe('collections', () => {
  test('are created once, described, listed and deleted', async () => {
    await client.createCollection('short-lived', {
      vectors: { text: { size: 3, distance: 'Dot' }, image: { size: 2, distance: 'Euclid' } },
      sparse_vectors: { words: {} },
    });
    await expect(
      client.createCollection('short-lived', { vectors: { size: 1, distance: 'Dot' } }),
    ).rejects.toMatchObject({ status: 409 });
    expect((await client.collectionExists('short-lived')).exists).toBe(true);
    const found = await client.getCollection('short-lived');
    expect(found.status).toBe('green');
    expect(found.config.params.vectors).toEqual({
      text: { size: 3, distance: 'Dot' },
      image: { size: 2, distance: 'Euclid' },
    });
    expect((await client.getCollections()).collections.map(({ name }) => name)).toContain('short-lived');
    await client.updateCollection('short-lived', {
      vectors: { text: { on_disk: true } },
      optimizers_config: { indexing_threshold: 5000 },
    });
    expect((await client.getCollection('short-lived')).config.params.vectors).toMatchObject({
      text: { size: 3, distance: 'Dot', on_disk: true },
    });
    expect((await client.getCollection('short-lived')).config.optimizer_config.indexing_threshold).toBe(5000);
    expect(await client.deleteCollection('short-lived')).toBe(true);
    expect((await client.collectionExists('short-lived')).exists).toBe(false);
    await expect(client.getCollection('short-lived')).rejects.toMatchObject({ status: 404 });
  });

  test('are reached by an alias', async () => {
    await client.updateCollectionAliases({
      actions: [{ create_alias: { collection_name: 'cities', alias_name: 'towns' } }],
    });
    expect((await client.count('towns')).count).toBe(4);
    expect((await client.getAliases()).aliases).toEqual([{ alias_name: 'towns', collection_name: 'cities' }]);
    await client.updateCollectionAliases({ actions: [{ delete_alias: { alias_name: 'towns' } }] });
    await expect(client.count('towns')).rejects.toMatchObject({ status: 404 });
  });
});

describe('reading', () => {
  test('retrieves by id, with and without vectors', async () => {
    const found = await client.retrieve('cities', { ids: [1, uuid], with_vector: true });
    expect(found.map(({ id }) => id).sort()).toEqual([1, uuid].sort());
    expect(found.find(({ id }) => id === 1)).toMatchObject({ vector: [1, 0, 0, 0], payload: { city: 'Berlin' } });
    const [bare] = await client.retrieve('cities', { ids: [1], with_payload: ['city'] });
    expect(bare?.payload).toEqual({ city: 'Berlin' });
    expect(bare).not.toHaveProperty('vector');
  });

  test('scrolls in pages and in order', async () => {
    const first = await client.scroll('cities', { limit: 2 });
    const second = await client.scroll('cities', { limit: 2, offset: first.next_page_offset as number });
    expect(ids([...first.points, ...second.points])).toEqual([1, 2, 3, uuid]);
    expect(second.next_page_offset).toBeNull();
    await client.createPayloadIndex('cities', { field_name: 'people', field_schema: 'integer', wait: true });
    const ordered = await client.scroll('cities', {
      order_by: { key: 'people', direction: 'desc' },
      with_payload: false,
    });
    expect(ids(ordered.points)).toEqual([2, 1, 3, uuid]);
  });

  test('counts and facets', async () => {
    await client.createPayloadIndex('cities', { field_name: 'tags', field_schema: 'keyword', wait: true });
    expect((await client.getCollection('cities')).payload_schema).toMatchObject({
      tags: { data_type: 'keyword', points: 2 },
    });
    expect((await client.facet('cities', { key: 'tags', exact: true })).hits).toEqual([
      { value: 'b', count: 2 },
      { value: 'a', count: 1 },
    ]);
    expect((await client.count('cities', { filter: { must: [{ key: 'people', range: { gt: 1e6 } }] } })).count).toBe(3);
  });
});

describe('filters', () => {
  test.each([
    ['match', { must: [{ key: 'city', match: { value: 'Rome' } }] }, [3]],
    ['match a truth value', { must: [{ key: 'capital', match: { value: true } }] }, [1]],
    ['match any', { must: [{ key: 'city', match: { any: ['Rome', 'Oslo'] } }] }, [3, uuid]],
    ['match except', { must: [{ key: 'city', match: { except: ['Rome', 'Oslo'] } }] }, [1, 2]],
    ['match text', { must: [{ key: 'text', match: { text: 'brown' } }] }, [uuid]],
    ['one condition without its list', { must: { key: 'city', match: { value: 'Rome' } } }, [3]],
    ['range', { must: [{ key: 'people', range: { gte: 2_800_000, lt: 8_900_000 } }] }, [1, 3]],
    ['range of dates', { must: [{ key: 'made', range: { gt: '2023-06-01T00:00:00Z' } }] }, [1]],
    ['should', { should: [{ key: 'city', match: { value: 'Rome' } }, { has_id: [1] }] }, [1, 3]],
    ['must not', { must_not: [{ has_id: [1, 2, uuid] }] }, [3]],
    [
      'min should',
      {
        min_should: {
          conditions: [
            { key: 'tags', match: { value: 'a' } },
            { key: 'tags', match: { value: 'b' } },
          ],
          min_count: 2,
        },
      },
      [1],
    ],
    ['is empty', { must: [{ is_empty: { key: 'tags' } }] }, [3, uuid]],
    ['values count', { must: [{ key: 'tags', values_count: { gte: 2 } }] }, [1]],
    [
      'nested',
      {
        must: [
          {
            nested: {
              key: 'country.parts',
              filter: {
                must: [
                  { key: 'n', match: { value: 1 } },
                  { key: 'old', match: { value: true } },
                ],
              },
            },
          },
        ],
      },
      [3],
    ],
    [
      'a filter in a filter',
      { must: [{ should: [{ has_id: [1] }, { has_id: [2] }] }, { key: 'tags', match: { value: 'a' } }] },
      [1],
    ],
    ['radius', { must: [{ key: 'at', geo_radius: { center: { lon: 13.4, lat: 52.5 }, radius: 10_000 } }] }, [1]],
    [
      'box',
      {
        must: [{ key: 'at', geo_bounding_box: { top_left: { lon: -1, lat: 52 }, bottom_right: { lon: 1, lat: 51 } } }],
      },
      [2],
    ],
  ])('%s', async (_name, filter, expected) => {
    const { points } = await client.scroll('cities', { filter: filter as never });
    expect(ids(points)).toEqual(expected);
  });

  test('an unknown condition is refused', async () => {
    await expect(client.scroll('cities', { filter: { must: [{ colour: 'red' } as never] } })).rejects.toMatchObject({
      status: 400,
    });
  });
});

describe('searches', () => {
  test('by vector, with payload, threshold and filter', async () => {
    const found = await client.search('cities', {
      vector: [1, 0, 0, 0],
      limit: 3,
      with_payload: true,
      score_threshold: 0.5,
    });
    expect(ids(found)).toEqual([1, 2]);
    expect(found[0]?.score).toBeCloseTo(1);
    expect(found[0]?.payload).toMatchObject({ city: 'Berlin' });
    const filtered = await client.search('cities', {
      vector: [1, 0, 0, 0],
      filter: { must_not: [{ has_id: [1] }] },
      limit: 1,
    });
    expect(ids(filtered)).toEqual([2]);
  });

  test('by query: vector, id, recommendation, order, fusion, batch', async () => {
    expect(ids((await client.query('cities', { query: [0, 0, 1, 0], limit: 1 })).points)).toEqual([uuid]);
    expect(ids((await client.query('cities', { query: 1, limit: 1 })).points)).toEqual([2]);
    const like = await client.query('cities', { query: { recommend: { positive: [1], negative: [3] } }, limit: 1 });
    expect(ids(like.points)).toEqual([2]);
    const best = await client.query('cities', {
      query: { recommend: { positive: [1], strategy: 'best_score' } },
      limit: 1,
    });
    expect(ids(best.points)).toEqual([2]);
    const ordered = await client.query('cities', {
      query: { order_by: { key: 'people', direction: 'asc' } },
      limit: 2,
    });
    expect(ids(ordered.points)).toEqual([uuid, 3]);
    const fused = await client.query('cities', {
      prefetch: [
        { query: [1, 0, 0, 0], limit: 2 },
        { query: [0.9, 0.1, 0, 0], limit: 2 },
      ],
      query: { fusion: 'rrf' },
      limit: 2,
    });
    expect(ids(fused.points).sort()).toEqual([1, 2]);
    const boosted = await client.query('cities', {
      prefetch: { query: [1, 0, 0, 0], limit: 4 },
      query: { formula: { sum: ['$score', { mult: [10, { key: 'city', match: { value: 'Rome' } }] }] } } as never,
      limit: 1,
    });
    expect(ids(boosted.points)).toEqual([3]);
    const both = await client.queryBatch('cities', {
      searches: [
        { query: [1, 0, 0, 0], limit: 1 },
        { query: [0, 1, 0, 0], limit: 1 },
      ],
    });
    expect(both.map(({ points }) => ids(points))).toEqual([[1], [3]]);
  });

  test('in groups', async () => {
    const { groups } = await client.queryGroups('cities', {
      query: [1, 0, 0, 0],
      group_by: 'tags',
      group_size: 1,
      limit: 5,
      with_payload: ['city'],
    });
    expect(groups).toMatchObject([
      { id: 'a', hits: [{ id: 1, payload: { city: 'Berlin' } }] },
      { id: 'b', hits: [{ id: 1 }] },
    ]);
  });

  test('over named and sparse vectors', async () => {
    await client.createCollection('named', {
      vectors: { text: { size: 2, distance: 'Dot' } },
      sparse_vectors: { words: { modifier: 'idf' } },
    });
    await client.upsert('named', {
      points: [
        { id: 1, vector: { text: [1, 0], words: { indices: [7], values: [1] } } },
        { id: 2, vector: { text: [0, 1], words: { indices: [9], values: [1] } } },
      ],
    });
    expect(ids(await client.search('named', { vector: { name: 'text', vector: [0, 1] }, limit: 1 }))).toEqual([2]);
    const sparse = await client.query('named', {
      query: { indices: [7], values: [1] },
      using: 'words',
      limit: 5,
      with_vector: true,
    });
    expect(sparse.points).toMatchObject([{ id: 1, vector: { text: [1, 0], words: { indices: [7], values: [1] } } }]);
    await client.deleteCollection('named');
  });
});

describe('the less common', () => {
  test('older searches: batch, recommendation, discovery, groups', async () => {
    const searches = await client.searchBatch('cities', {
      searches: [
        { vector: [1, 0, 0, 0], limit: 1 },
        { vector: [0, 0, 1, 0], limit: 1 },
      ],
    });
    expect(searches.map(ids)).toEqual([[1], [uuid]]);
    expect(ids(await client.recommend('cities', { positive: [1], negative: [uuid], limit: 1 }))).toEqual([2]);
    expect((await client.recommendBatch('cities', { searches: [{ positive: [1], limit: 1 }] })).map(ids)).toEqual([
      [2],
    ]);
    const found = await client.discoverPoints('cities', {
      target: [1, 0, 0, 0],
      context: [{ positive: 2, negative: 3 }],
      limit: 1,
    });
    expect(ids(found)).toEqual([1]);
    const grouped = await client.searchPointGroups('cities', {
      vector: [1, 0, 0, 0],
      group_by: 'city',
      group_size: 1,
      limit: 2,
    });
    expect(grouped.groups.map(({ id }) => id)).toEqual(['Berlin', 'London']);
    const recommended = await client.recommendPointGroups('cities', {
      positive: [1],
      group_by: 'city',
      group_size: 1,
      limit: 1,
    });
    expect(recommended.groups.map(({ id }) => id)).toEqual(['London']);
  });

  test('further queries: discovery, context, spread, sums, samples, distribution', async () => {
    const first = async (query: object, more: object = {}) =>
      ids((await client.query('cities', { query, limit: 1, ...more } as never)).points)[0];
    expect(await first({ discover: { target: [1, 0, 0, 0], context: { positive: 2, negative: 3 } } })).toBe(1);
    expect([1, 2]).toContain(await first({ context: [{ positive: [1, 0, 0, 0], negative: [0, 0, 1, 0] }] }));
    expect(await first({ nearest: [1, 0, 0, 0], mmr: { diversity: 0.5 } })).toBe(1);
    expect(await first({ recommend: { positive: [[1, 0, 0, 0]], strategy: 'sum_scores' } })).toBe(1);
    expect([1, 2, 3, uuid]).toContain(await first({ sample: 'random' }));
    const prefetch = [
      { query: [1, 0, 0, 0], limit: 3 },
      { query: 1, limit: 3 },
    ];
    expect([1, 2]).toContain(await first({ fusion: 'dbsf' }, { prefetch }));
    expect([1, 2]).toContain(await first({ rrf: { k: 60 } }, { prefetch }));
    const decay = {
      exp_decay: { x: { geo_distance: { origin: { lon: -0.12, lat: 51.5 }, to: 'at' } }, scale: 100_000 },
    };
    const formula = {
      sum: [
        { neg: '$score' },
        { mult: [100, decay] },
        { div: { left: 'people', right: 1e9 } },
        { pow: { base: 2, exponent: 0.5 } },
      ],
    };
    expect(
      await first(
        { formula, defaults: { people: 0 } },
        { prefetch: { query: [1, 0, 0, 0], limit: 4, filter: { must: [{ key: 'tags', match: { value: 'b' } }] } } },
      ),
    ).toBe(2);
    await expect(first({ formula: true }, { prefetch })).rejects.toMatchObject({ status: 400 });
    await expect(first({ fusion: 'other' }, { prefetch })).rejects.toMatchObject({ status: 400 });
  });

  test('parts of the payload, and points of another collection', async () => {
    const [one] = await client.search('cities', {
      vector: [1, 0, 0, 0],
      limit: 1,
      with_payload: { exclude: ['at', 'tags', 'made', 'people', 'capital'] },
    });
    expect(one?.payload).toEqual({ city: 'Berlin' });
    await client.createCollection('tastes', { vectors: { size: 4, distance: 'Dot' } });
    await client.upsert('tastes', { points: [{ id: 77, vector: [0, 0, 1, 0], payload: { note: 'cold' } }] });
    const found = await client.query('cities', { query: 77, lookup_from: { collection: 'tastes' }, limit: 1 });
    expect(ids(found.points)).toEqual([uuid]);
    await client.deleteCollection('tastes');
  });

  test('vectors of several kinds and sizes', async () => {
    await client.createCollection('kinds', {
      vectors: {
        many: { size: 2, distance: 'Cosine', multivector_config: { comparator: 'max_sim' } },
        small: { size: 2, distance: 'Manhattan', datatype: 'uint8', on_disk: true, hnsw_config: { m: 8 } },
      },
      quantization_config: { scalar: { type: 'int8', quantile: 0.99, always_ram: true } },
      hnsw_config: { ef_construct: 64 },
    });
    await client.upsert('kinds', {
      points: [
        {
          id: 1,
          vector: {
            many: [
              [1, 0],
              [0, 1],
            ],
            small: [1, 2],
          },
        },
        { id: 2, vector: { many: [[-1, 0]], small: [9, 9] } },
      ],
    });
    expect(ids((await client.query('kinds', { query: [[0, 1]], using: 'many', limit: 1 })).points)).toEqual([1]);
    const params = { exact: true, quantization: { rescore: true } };
    expect(ids((await client.query('kinds', { query: [8, 8], using: 'small', limit: 1, params })).points)).toEqual([2]);
    await client.createVectorName('kinds', 'later', { dense: { size: 3, distance: 'Dot' } });
    await client.updateVectors('kinds', { points: [{ id: 1, vector: { later: [1, 2, 3] } }] });
    expect((await client.retrieve('kinds', { ids: [1], with_vector: ['later'] }))[0]?.vector).toEqual({
      later: [1, 2, 3],
    });
    expect((await client.getCollection('kinds')).config.params.vectors).toMatchObject({
      later: { size: 3, distance: 'Dot' },
    });
    await client.deleteVectors('kinds', { vector: ['later'], points: [1] });
    expect((await client.retrieve('kinds', { ids: [1], with_vector: ['later'] }))[0]?.vector).toEqual({});
    await client.deleteVectorName('kinds', 'later');
    expect(Object.keys((await client.getCollection('kinds')).config.params.vectors ?? {})).toEqual(['many', 'small']);
    await client.deleteCollection('kinds');
    await expect(client.createCollection('wrong', { vectors: { size: 0, distance: 'Dot' } })).rejects.toMatchObject({
      status: 422,
    });
    await expect(
      client.createCollection('wrong', { vectors: { size: 1, distance: 'Near' as never } }),
    ).rejects.toMatchObject({ status: 400 });
    await expect(client.createCollection('a/b', { vectors: { size: 1, distance: 'Dot' } })).rejects.toMatchObject({
      status: 422,
    });
  });

  test.each([
    ['keyword', { type: 'keyword', is_tenant: true }],
    ['integer', { type: 'integer', lookup: true, range: true }],
    ['float', 'float'],
    ['bool', 'bool'],
    ['geo', 'geo'],
    ['datetime', { type: 'datetime' }],
    ['uuid', 'uuid'],
    ['text', { type: 'text', tokenizer: 'word', lowercase: true, min_token_len: 2 }],
  ])('an index over %s', async (type, schema) => {
    await client.createPayloadIndex('cities', { field_name: `an-${type}`, field_schema: schema as never });
    expect((await client.getCollection('cities')).payload_schema).toMatchObject({
      [`an-${type}`]: { data_type: type },
    });
    await client.deletePayloadIndex('cities', `an-${type}`);
    expect((await client.getCollection('cities')).payload_schema).not.toHaveProperty(`an-${type}`);
  });

  test('one point by its path, and the version', async () => {
    const headers = { 'api-key': running.attributes['api-key'] ?? '' };
    const one = await fetch(`${running.attributes['url']}/collections/cities/points/${uuid}`, { headers });
    expect(await one.json()).toMatchObject({ status: 'ok', result: { id: uuid, payload: { city: 'Oslo' } } });
    expect((await fetch(`${running.attributes['url']}/collections/cities/points/99`, { headers })).status).toBe(404);
    expect((await fetch(`${running.attributes['url']}/collections`)).status).toBe(401);
    expect((await fetch(`${running.attributes['url']}/nothing`, { headers })).status).toBe(404);
    expect(
      (await fetch(`${running.attributes['url']}/collections/x`, { headers, method: 'PUT', body: '{' })).status,
    ).toBe(400);
    expect((await fetch(`${running.attributes['url']}/readyz`)).status).toBe(200);
    expect((await client.versionInfo()).title).toBe('qdrant - embedded engine, run by Gantry');
  });
});

describe('changes', () => {
  test('of points, payload and vectors', async () => {
    await client.createCollection('changing', { vectors: { size: 2, distance: 'Dot' } });
    await client.upsert('changing', {
      batch: {
        ids: [1, 2, 3],
        vectors: [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        payloads: [{ a: 1 }, { a: 2 }, null as never],
      },
    });
    const payload = async (id: number) => (await client.retrieve('changing', { ids: [id] }))[0]?.payload;
    await client.setPayload('changing', { payload: { b: 1 }, points: [1] });
    expect(await payload(1)).toEqual({ a: 1, b: 1 });
    await client.overwritePayload('changing', {
      payload: { c: 1 },
      filter: { must: [{ key: 'a', match: { value: 1 } }] },
    });
    expect(await payload(1)).toEqual({ c: 1 });
    await client.deletePayload('changing', { keys: ['c'], points: [1] });
    expect(await payload(1)).toEqual({});
    await client.clearPayload('changing', { points: [2] });
    expect(await payload(2)).toEqual({});
    await client.updateVectors('changing', { points: [{ id: 2, vector: [5, 5] }] });
    expect((await client.retrieve('changing', { ids: [2], with_vector: true }))[0]?.vector).toEqual([5, 5]);
    await client.batchUpdate('changing', {
      operations: [{ upsert: { points: [{ id: 4, vector: [2, 2], payload: {} }] } }, { delete: { points: [1] } }],
    });
    await client.delete('changing', { points: [3] });
    expect(ids((await client.scroll('changing', {})).points)).toEqual([2, 4]);
    await client.delete('changing', { filter: {} });
    expect((await client.count('changing')).count).toBe(0);
    await client.deleteCollection('changing');
  });

  test('that cannot be are refused and leave everything as it was', async () => {
    await expect(client.upsert('cities', { points: [{ id: 9, vector: [1, 2] }] })).rejects.toMatchObject({
      status: 400,
    });
    await expect(client.upsert('cities', { points: [{ id: 'no-uuid', vector: [1, 2, 3, 4] }] })).rejects.toMatchObject({
      status: 400,
    });
    await expect(client.upsert('nowhere', { points: cities })).rejects.toMatchObject({ status: 404 });
    await expect(
      client.batchUpdate('cities', { operations: [{ delete: { points: [1] } }, { upsert: {} as never }] }),
    ).rejects.toMatchObject({ status: 400 });
    expect((await client.count('cities')).count).toBe(4);
  });
});

test('what only the server can do is said', async () => {
  await expect(client.createSnapshot('cities')).rejects.toMatchObject({ status: 501 });
  await expect(client.query('cities', { query: { text: 'hello', model: 'any' } })).rejects.toMatchObject({
    status: 501,
  });
});

test('requests of many clients at once are all answered', async () => {
  await client.createCollection('busy', { vectors: { size: 4, distance: 'Dot' } });
  await Promise.all(
    Array.from({ length: 200 }, (_, id) => client.upsert('busy', { points: [{ id, vector: [id, 1, 1, 1] }] })),
  );
  const found = await Promise.all(
    Array.from({ length: 50 }, () => client.search('busy', { vector: [1, 0, 0, 0], limit: 1 })),
  );
  expect(found.every(([first]) => first?.id === 199)).toBe(true);
  expect((await client.count('busy')).count).toBe(200);
  await client.deleteCollection('busy');
});

test('collections, their parameters and aliases survive a kill; what was half made does not', async () => {
  const where = await makeHome();
  try {
    const first = await start(where, serviceOf('qdrant'));
    const before = new QdrantClient({
      url: first.attributes['url'] ?? '',
      apiKey: first.attributes['api-key'] ?? '',
      checkCompatibility: false,
    });
    await before.createCollection('kept', { vectors: { a: { size: 2, distance: 'Dot' } } });
    await before.createPayloadIndex('kept', { field_name: 'n', field_schema: 'integer' });
    await before.upsert('kept', {
      points: Array.from({ length: 500 }, (_, id) => ({ id, vector: { a: [id, 1] }, payload: { n: id } })),
    });
    await before.updateCollectionAliases({
      actions: [{ create_alias: { collection_name: 'kept', alias_name: 'other' } }],
    });
    await first.kill();
    await mkdir(join(where.folder, 'data/edge/collections/0123456789abcdef.making/shard'), { recursive: true });

    const second = await start(where, serviceOf('qdrant'));
    const after = new QdrantClient({
      url: second.attributes['url'] ?? '',
      apiKey: second.attributes['api-key'] ?? '',
      checkCompatibility: false,
    });
    expect((await after.getCollections()).collections).toEqual([{ name: 'kept' }]);
    expect((await after.count('other')).count).toBe(500);
    expect((await after.getCollection('kept')).payload_schema).toMatchObject({
      n: { data_type: 'integer', points: 500 },
    });
    expect(ids((await after.query('other', { query: [1, 0], using: 'a', limit: 1 })).points)).toEqual([499]);
    await second.stop();
    expect(await readdir(join(where.folder, 'data/edge/collections'))).toHaveLength(1);
  } finally {
    await removeHome(where);
  }
});
