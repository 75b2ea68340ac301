import { defineSystem } from '../../src/model/define-system.ts';

/** Each line under `@ts-expect-error` must not compile, and every other line must: `npm run check` holds both. */

export const everything = defineSystem({
  system: 'shop',
  variables: { region: 'eu' },
  defaults: { env: { NAME: '${service.name}', HOME_URL: '${web.url}' } },
  services: {
    web: {
      source: 'web',
      port: 3000,
      env: {
        API_URL: '${api.url}/v1',
        API_METRICS: '${api.urls.metrics}',
        OWN: '${service.url} ${service.namespace}',
        SYSTEM: '${system.name}-${environment.name}-${environment.region}-${variables.region}',
        SIGNING_KEY: '${secrets.signing-key}',
        PUBLIC_URL: '${routes.web.url}',
        ESCAPED: 'a $${nobody.knows} b',
        PLAIN: 'no reference',
        NUMBER: 3,
        GIVEN_IN_PRODUCTION: '${secrets.database-url}',
      },
      files: { config: { path: '/etc/config', content: '{"api": "${api.url}"}' } },
    },
    api: {
      source: 'api',
      ports: { http: 8000, metrics: 9090 },
      owns: { db: { type: 'postgres', version: 16 } },
      env: { DATABASE_URL: '${db.url}', DATABASE: '${db.database}', CACHE: 'redis=${cache.url};nats=${queue.url}' },
    },
  },
  backing: { cache: { type: 'redis' }, queue: { type: 'nats' }, inbox: { type: 'pubsub', topic: 'in' } },
  secrets: { 'signing-key': { generate: 48 } },
  routes: { web: { host: 'shop.local', service: 'web' } },
  environments: {
    production: {
      secrets: { 'database-url': {} },
      backing: { cache: { from: 'memorystore' } },
      services: { api: { env: { EXTRA: '${db.user}' } } },
    },
  },
});

// What it was given is what comes back, with every literal kept.
export const name: 'shop' = everything.system;
export const port: 3000 = everything.services.web.port;

export const mistakes = defineSystem({
  system: 'shop',
  services: {
    web: {
      source: 'web',
      port: 3000,
      env: {
        // @ts-expect-error no such service
        A: '${apj.url}',
        // @ts-expect-error a service has no such attribute
        B: '${api.address}',
        // @ts-expect-error PostgreSQL has no such attribute
        C: '${postgres.topic}',
        // @ts-expect-error the second reference counts too
        D: '${api.url} ${nobody.url}',
        // @ts-expect-error no such secret
        E: '${secrets.jwt}',
        // @ts-expect-error no such route
        F: '${routes.api.url}',
        // @ts-expect-error no such variable
        G: '${variables.region}',
        // @ts-expect-error a name alone
        H: '${api}',
        // @ts-expect-error what a service owns is its own
        I: '${db.url}',
        // @ts-expect-error no such port
        J: '${web.urls.metrics}',
        // @ts-expect-error never closed
        K: '${api.url',
        // @ts-expect-error nothing
        L: '${}',
      },
      // @ts-expect-error no such service, inside a file
      files: { config: { path: '/etc/config', content: '${apj.url}' } },
    },
    api: { source: 'api', port: 8000, owns: { db: { type: 'postgres' } } },
  },
  backing: { postgres: { type: 'postgres' } },
});

export const shapes = defineSystem({
  system: 'shop',
  services: {
    bad: {
      source: 'bad',
      // @ts-expect-error no such kind
      kind: 'webb',
    },
  },
  backing: {
    // @ts-expect-error no such type
    other: { type: 'postgrse' },
  },
});

export const further = defineSystem({
  system: 'shop',
  // @ts-expect-error no such key of a model
  servises: {},
  services: {
    web: { source: 'web', env: { A: '${cache.url}' } },
    worker: {
      source: 'worker',
      // @ts-expect-error no such key of a service
      prot: 3000,
    },
  },
  backing: {
    cache: {
      type: 'redis',
      // @ts-expect-error no such key of Redis
      tpoic: 'a',
    },
  },
  environments: {
    production: {
      // @ts-expect-error no such key of an environment
      contxt: 'prod',
      // @ts-expect-error no such service, in an environment
      services: { web: { env: { A: '${cach.url}' } } },
    },
  },
});

const prefix: string = 'shop';
const made = Object.fromEntries(
  ['a', 'b'].map((each) => [each, { source: each, env: { X: '${cache.url}' } }] as const),
);

// What is only known when the configuration runs is checked when it is loaded.
export const dynamic = defineSystem({
  system: prefix,
  services: { ...made, web: { source: 'web', port: 80, env: { A: `\${${prefix}.url}`, C: '${cache.url}' } } },
  backing: { cache: { type: 'redis' } },
});

// A limit of TypeScript: it forgets the names of a spread record, so a name from there must be widened to a string.
export const spread = defineSystem({
  system: 'shop',
  services: {
    ...made,
    web: {
      source: 'web',
      env: {
        // @ts-expect-error the name is there, but the type of the spread does not say so
        A: '${a.url}',
        B: '${a.url}' as string,
      },
    },
  },
  backing: { cache: { type: 'redis' } },
});
