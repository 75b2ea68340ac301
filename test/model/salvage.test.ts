import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadModel } from '../../src/model/load.ts';
import { planSystem } from '../../src/plan/plan-system.ts';

/** A right model in which everything refers to everything: whatever is broken in it, somebody names it. */
const model = `
system: shop
variables: {mail: mail.example.com}
defaults: {env: {LEVEL: info, STAGE: "\${environment.name}"}}
services:
  web:
    source: web
    ports: {http: 3000, metrics: 9090}
    metrics: {path: /metrics, port: metrics}
    health: {ready: /ready, live: {path: /live, port: http}}
    owns: {cache: {type: redis, version: 7}}
    env: {CACHE: "\${cache.url}", API: "\${api.url}", MAIL: "\${variables.mail}", OWN: "\${service.ports.metrics}"}
    scale: {min: 1, max: 3, cpu: 70}
    waits: {api: ready, database: started}
  api:
    source: {context: api, args: {HOST: "\${variables.mail}"}}
    port: 8000
    before: [npm, run, migrate]
    env: {DATABASE: "\${database.url}", TOKEN: "\${secrets.token}", SHOP: "\${routes.shop.url}", KEY: "\${vendor.host}"}
  nightly: {extends: api, kind: cron, schedule: "0 3 * * *", env: {WEB: "\${web.urls.metrics}"}}
backing:
  database: {type: postgres, version: 16}
  vendor: {type: redis, from: external, host: cache.example.com, url: "redis://:\${secrets.token}@cache.example.com"}
secrets: {token: {generate: 32}}
routes:
  shop: {host: shop.local, service: web, port: http}
environments:
  production: {services: {web: {scale: {min: 2}}}, variables: {mail: mail.shop.example.com}}
`;

const folder = mkdtempSync(join(tmpdir(), 'gantry-salvage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Codes that the loader says, and those that the planner says of what is left. */
async function codesOf(text: string): Promise<{ loaded: string[]; planned: string[]; isSalvaged: boolean }> {
  writeFileSync(join(folder, 'gantry.yaml'), text);
  const { value, diagnostics } = await loadModel({ folder });
  const planned = value ? planSystem(value).diagnostics : [];
  const words = (each: { code: string; message: string }) => `${each.code} ${each.message}`;
  return { loaded: diagnostics.map(words), planned: planned.map(words), isSalvaged: value?.unsure !== undefined };
}

type Tree = { [key: string]: Tree } | string | number | unknown[];

function pathsIn(tree: Tree, above: string[] = []): string[][] {
  if (typeof tree !== 'object' || Array.isArray(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...above, key];
    return [path, ...pathsIn(value, path)];
  });
}

function changed(path: readonly string[], change: (around: Record<string, unknown>, key: string) => void): string {
  const tree = parse(model) as Record<string, unknown>;
  const around = path.slice(0, -1).reduce((found, key) => found[key] as Record<string, unknown>, tree);
  change(around, path.at(-1) ?? '');
  return stringify(tree);
}

const junk: unknown[] = [-1, true, 'wrong !', [], [[1]], ['web', 'token'], {}, { wrong: { worse: 1 } }];

test('the model is right as it is', async () => {
  const said = await codesOf(model);
  expect(said).toEqual({ loaded: [], planned: [], isSalvaged: false });
});

/** A key under one of these is a name, and another name is no mistake by itself; the same goes for another map. */
const naming = ['services', 'backing', 'secrets', 'variables', 'routes', 'owns'];

test('one broken value or key never makes a second mistake of what refers to it', { timeout: 240_000 }, async () => {
  let salvaged = 0;
  const followOns: string[] = [];
  const texts = pathsIn(parse(model) as Tree).flatMap((path) => {
    const isName = naming.includes(path.at(-2) ?? '');
    const isMap = isName || naming.includes(path.at(-1) ?? '');
    const values = junk.filter((value) => !isMap || typeof value !== 'object' || Array.isArray(value));
    const broken = values.map((value) => [
      `${path.join('.')} = ${JSON.stringify(value)}`,
      changed(path, (map, key) => Object.assign(map, { [key]: value })),
    ]);
    if (isName) return broken;
    const renamed = changed(path, (map, key) => {
      map[`x${key}y`] = map[key];
      delete map[key];
    });
    return [...broken, [`${path.join('.')} renamed`, renamed]];
  });
  for (const [name = '', text = ''] of texts) {
    const { loaded, planned, isSalvaged } = await codesOf(text);
    if (!isSalvaged) continue;
    salvaged += 1;
    expect(loaded).not.toEqual([]);
    if (planned.length > 0) followOns.push(`${name}: ${planned.join('; ')}`);
  }
  expect(followOns).toEqual([]);
  expect(salvaged).toBeGreaterThan(300);
});

test.each([
  ['a value out of range', 'system: s\nservices: {web: {source: w, port: 99999, env: {A: "${nope.url}"}}}', 'nope'],
  ['no name of the system', 'services: {web: {source: w, env: {A: "${nope.url}"}}}', 'nope'],
  ['no source', 'system: s\nservices: {web: {env: {A: "${nope.url}"}}}', 'nope'],
  ['another service that is no map', 'system: s\nservices: {b: 5, web: {source: w, env: {A: "${nope.url}"}}}', 'nope'],
  [
    'a list where a map belongs',
    'system: s\nsecrets: [a]\nservices: {web: {source: w, env: {A: "${nope.url}"}}}',
    'nope',
  ],
  [
    'a broken route',
    'system: s\nservices: {web: {image: w, port: 1}}\nroutes: [{host: a}, {host: b, service: nope}]',
    'nope',
  ],
])('beside %s, a wrong name is found', async (_, text, name) => {
  const { loaded, planned } = await codesOf(text);
  expect(loaded).toHaveLength(1);
  expect(planned).toHaveLength(1);
  expect(planned[0]).toContain(`"${name}"`);
});
