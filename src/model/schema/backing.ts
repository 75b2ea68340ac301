import { z } from 'zod';
import type { BackingDefinition } from '../../backing/backing.ts';
import { backingDefinitions } from '../../backing/definitions.ts';
import { contradiction, read } from './read.ts';
import { bytes, duration, resources, text, variable } from './scalars.ts';

/** Who runs a backing service. */
const origins = ['managed', 'external', 'cloudsql', 'memorystore', 'rds', 'elasticache'] as const;

const shared = {
  version: read(z.union([text, z.number()]), String)
    .meta({ description: "Version; the type's own default when left out.", examples: [16, '7.2'] })
    .optional(),
  from: z
    .enum(origins)
    .meta({
      description: 'Who runs it: `managed` by Gantry, `external` with given attributes, or an offer of a cloud.',
    })
    .optional(),
  storage: bytes.meta({ description: 'Size of its disk.', examples: ['10Gi'] }).optional(),
  resources: resources
    .meta({ description: 'CPU and memory.', examples: [{ cpu: '250m..1000m', memory: '256Mi..1Gi' }] })
    .optional(),
  instances: z
    .int()
    .min(1)
    .max(100)
    .meta({ description: 'How many servers hold the data.', examples: [3] })
    .optional(),
  init: text
    .meta({ description: 'A script, or a folder of them, that a new one starts with.', examples: ['db/init'] })
    .optional(),
  manifests: text
    .meta({
      description: 'Folder of manifests that existed before: read and checked, never written.',
      examples: ['k8s/nats'],
    })
    .optional(),
  namespace: text.meta({ description: 'Kubernetes namespace.', examples: ['alice-events'] }).optional(),
  expose: z.boolean().meta({ description: 'Reachable from outside the cluster.' }).optional(),
  backup: z
    .strictObject({
      schedule: text.meta({ description: 'When, as a cron expression.', examples: ['0 3 * * *'] }),
      keep: duration.meta({ description: 'How long a backup is kept.', examples: ['14d'] }).optional(),
    })
    .meta({ description: 'Backups by the clock.', examples: [{ schedule: '0 3 * * *', keep: '14d' }] })
    .optional(),
};

/** A backing service, whatever its type. Sizes in bytes, durations in seconds. */
export interface Backing {
  type: string;
  /** As written; the type's default applies when left out. */
  version?: string;
  /** `managed`, `external`, `adopted` (there are manifests), or a cloud's offer. */
  from: string;
  storage?: number;
  resources: z.output<typeof resources>;
  instances?: number;
  init?: string;
  manifests?: string;
  namespace?: string;
  expose: boolean;
  backup?: { schedule: string; keep?: number };
  /** Attributes that were given, by name; text with references. Only for what Gantry does not run itself. */
  attributes: Record<string, string>;
  /** What only this type knows: `database`, `user`, `topic`, … */
  settings: Record<string, string | number | boolean>;
}

const setting = (kind: 'string' | 'number' | 'boolean') => {
  if (kind === 'number') return z.number();
  return kind === 'boolean' ? z.boolean() : variable;
};

/** The schema of one type: what all share, its settings, and the attributes that can be given for an external one. */
function typed(definition: BackingDefinition) {
  const attributes = Object.entries(definition.attributes).map(([name, { description }]) => [
    name,
    variable.meta({ description: `${description} Given for what is external.` }).optional(),
  ]);
  const settings = Object.entries(definition.settings).map(([name, { description, type, default: value }]) => [
    name,
    setting(type)
      .meta({ description: value === undefined ? description : `${description} \`${value}\` when left out.` })
      .optional(),
  ]);
  return z
    .strictObject({
      type: z.literal(definition.type).meta({ description: `${definition.title}.` }),
      ...shared,
      ...(Object.fromEntries([...attributes, ...settings]) as Record<string, z.ZodOptional<z.ZodType<string, string>>>),
    })
    .check(contradiction((value: Record<string, unknown>) => decidedByUs(definition, value)))
    .meta({ title: definition.title });
}

/** An attribute for what we run ourselves would be dropped: the runtime makes the address and the account. */
function decidedByUs(definition: BackingDefinition, value: Record<string, unknown>) {
  const { from = 'managed', manifests } = value;
  if (from !== 'managed' || manifests !== undefined) return undefined;
  const isGiven = (name: string) => value[name] !== undefined && !Object.hasOwn(definition.settings, name);
  const given = Object.keys(definition.attributes).filter(isGiven);
  const [first] = given;
  if (first === undefined) return undefined;
  const names = given.map((name) => `\`${name}\``).join(' and ');
  const [are, them] = given.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return {
    message: `${names} ${are} given, but Gantry runs this ${definition.title} itself and decides ${them}`,
    path: [first],
    cure: `write from: external if it runs elsewhere, or remove ${names}`,
  };
}

const types = Object.values(backingDefinitions).map((definition) => typed(definition));

/** A backing service by its type. */
export const backing = read(
  z.discriminatedUnion('type', types as [(typeof types)[number], ...typeof types]),
  (value): Backing => {
    const { type, version, from, storage, resources, instances, init, manifests, namespace, expose, backup, ...rest } =
      value as z.output<(typeof types)[number]>;
    const definition: BackingDefinition = backingDefinitions[type as keyof typeof backingDefinitions];
    const external = from !== undefined && from !== 'managed';
    const split = <Value>(kept: (name: string) => boolean) =>
      Object.fromEntries(Object.entries(rest).filter(([name, given]) => given !== undefined && kept(name))) as Record<
        string,
        Value
      >;
    return {
      type,
      ...defined({ version, storage, instances, init, manifests, namespace, backup }),
      from: from ?? (manifests === undefined ? 'managed' : 'adopted'),
      resources: resources ?? {},
      expose: expose ?? false,
      attributes: split<string>(
        (name) => Object.hasOwn(definition.attributes, name) && (external || manifests !== undefined),
      ),
      settings: split<string | number | boolean>((name) => Object.hasOwn(definition.settings, name)),
    };
  },
);

/** Without the keys that are undefined. */
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined)) as T;
