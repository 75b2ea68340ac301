import { z } from 'zod';
import { type Backing, backing } from './backing.ts';
import { outputs } from './outputs.ts';
import { read } from './read.ts';
import { type Route, routes } from './route.ts';
import { named, text, variable } from './scalars.ts';
import { type Secret, secret } from './secret.ts';
import { type Service, service } from './service.ts';

/** Keys that the top level and each environment share. */
const keys = {
  registry: text
    .meta({ description: 'Registry and path in front of image names.', examples: ['ghcr.io/acme'] })
    .optional(),
  namespace: text
    .meta({
      description: 'Kubernetes namespace; `{service}`, `{system}` and `{environment}` are filled in.',
      examples: ['shop', 'alice-{service}'],
    })
    .optional(),
  namespaces: z
    .array(text)
    .meta({ description: 'Further namespaces that exist from the start.', examples: [['alice-search']] })
    .optional(),
  context: text
    .meta({ description: 'The only Kubernetes context that the environment may touch.', examples: ['gke_acme_prod'] })
    .optional(),
  cluster: read(
    z.union([
      text,
      z.strictObject({
        name: text.meta({ description: 'Name of the cluster.', examples: ['genesis-prod'] }),
        region: text.meta({ description: 'Region, for a regional one.', examples: ['us-central1'] }).optional(),
        zone: text.meta({ description: 'Zone, for a zonal one.', examples: ['us-central1-a'] }).optional(),
        project: text.meta({ description: 'Project or account.', examples: ['acme-prod'] }).optional(),
      }),
    ]),
    (value): { name: string; region?: string; zone?: string; project?: string } =>
      typeof value === 'string' ? { name: value } : value,
  )
    .meta({
      description: 'The cluster, where a cloud runs it.',
      examples: [{ name: 'genesis-prod', region: 'us-central1' }],
    })
    .optional(),
  storageClass: text.meta({ description: 'Kubernetes storage class of disks.', examples: ['standard'] }).optional(),
  mesh: z.enum(['istio']).meta({ description: 'Service mesh of the cluster.' }).optional(),
  tls: z
    .strictObject({
      issuer: text.meta({ description: 'Issuer that cert-manager asks.', examples: ['letsencrypt'] }).optional(),
      secret: text.meta({ description: 'Secret that holds the certificate.', examples: ['shop-tls'] }).optional(),
    })
    .meta({ description: 'How routes get their certificates.', examples: [{ issuer: 'letsencrypt' }] })
    .optional(),
  variables: z
    .record(z.string(), variable)
    .meta({ description: 'Text for `${environment.name}`.', examples: [{ project: 'acme-prod' }] })
    .optional(),
  services: named(service)
    .meta({
      description: 'What the team builds, by name.',
      examples: [{ gateway: { source: 'services/gateway', port: 3000 } }],
    })
    .optional(),
  backing: named(backing)
    .meta({
      description: 'Databases, caches, queues: services that are attached, by name.',
      examples: [{ postgres: { type: 'postgres', version: 16, storage: '10Gi' } }],
    })
    .optional(),
  secrets: named(read(z.union([secret, z.null()]), (value) => value ?? { optional: false }))
    .meta({ description: 'Names of secrets, never values.', examples: [{ jwt: { generate: 48 }, 'openai-key': {} }] })
    .optional(),
  routes: routes.optional(),
  outputs: outputs.optional(),
};

/** The whole description as it stands for one environment, once files, defaults and environments are merged. */
const written = z.strictObject({
  system: text.meta({ description: 'Name of the system.', examples: ['shop'] }),
  ...keys,
});

/** Keys that an environment can have: those of the top level, but what only a whole file says. */
export const environmentKeys: readonly string[] = [...Object.keys(written.shape), 'defaults'];

/** A system for one environment: each shorthand written out, quantities as numbers. */
export interface System {
  system: string;
  registry?: string;
  /** May hold `{service}`, `{system}`, `{environment}`. */
  namespace?: string;
  namespaces: string[];
  context?: string;
  cluster?: { name: string; region?: string; zone?: string; project?: string };
  storageClass?: string;
  mesh?: 'istio';
  tls?: { issuer?: string; secret?: string };
  variables: Record<string, string>;
  services: Record<string, Service>;
  backing: Record<string, Backing>;
  secrets: Record<string, Secret>;
  routes: Record<string, Route>;
  outputs: z.output<typeof outputs>;
}

/** Validates and writes out what one environment sees. */
export const system = read(
  written,
  (value): System => ({
    ...value,
    namespaces: value.namespaces ?? [],
    variables: value.variables ?? {},
    services: value.services ?? {},
    backing: value.backing ?? {},
    secrets: value.secrets ?? {},
    routes: value.routes ?? {},
    outputs: value.outputs ?? {},
  }),
);
