import { z } from 'zod';
import { system } from './system.ts';

/** As much of JSON Schema (draft 7) as is handled here. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  title?: string;
  examples?: unknown[];
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  [key: string]: unknown;
}

/**
 * The JSON Schema of a model's file, for editors: they complete and explain every key by it.
 * It is made from the schema that validates. What only a file has is added: `extends`, `defaults`, `environments`, and the
 * `null` that removes.
 */
export function modelSchema(): JsonSchema {
  const { $schema, properties = {}, ...whole } = written();
  const { services, backing, ...others } = properties;
  const service = members(services);
  const shared = members(backing);
  const owns = service.properties?.['owns'];
  const withOwns = (schema: JsonSchema, ref: string): JsonSchema => ({
    ...schema,
    properties: { ...schema.properties, owns: { ...owns, additionalProperties: { $ref: ref } } },
  });
  const partialService = partial(withOwns(service, '#/definitions/partialBacking'));
  const map = (schema: JsonSchema | undefined, ref: string): JsonSchema => ({
    ...schema,
    additionalProperties: { anyOf: [{ $ref: ref }, { type: 'null' }] },
  });
  const { system: name, outputs, secrets, ...perEnvironment } = others;
  return {
    $schema,
    title: 'Gantry model',
    description: 'Describes a system once: services, backing services, secrets, routes, environments.',
    ...whole,
    required: [],
    properties: {
      extends: {
        description: 'Files that this one is merged over, relative to it; the last one counts most.',
        examples: ['../shared/gantry.yaml'],
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      },
      system: name ?? {},
      ...perEnvironment,
      defaults: {
        description: 'Merged under every service: what a service says itself counts more, and null removes.',
        examples: [{ health: { ready: '/health/ready' }, resources: { cpu: '200m..500m', memory: '256Mi..512Mi' } }],
        anyOf: [{ $ref: '#/definitions/partialService' }, { type: 'null' }],
      },
      services: { ...services, additionalProperties: { $ref: '#/definitions/service' } },
      backing: { ...backing, additionalProperties: { $ref: '#/definitions/backing' } },
      secrets: secrets ?? {},
      environments: {
        type: 'object',
        description:
          'The same keys again for each environment, merged over these: maps merge, lists and scalars replace, null removes.',
        examples: [{ local: {}, production: { namespace: 'shop', services: { web: { scale: 3 } } } }],
        additionalProperties: { anyOf: [{ $ref: '#/definitions/environment' }, { type: 'null' }] },
      },
      outputs: outputs ?? {},
    },
    patternProperties: { '^x-': { description: 'Not read; a place for anchors.' } },
    definitions: {
      service: nullable(withOwns(service, '#/definitions/backing')),
      backing: shared,
      partialService,
      partialBacking: partial(shared),
      environment: partial({
        type: 'object',
        additionalProperties: false,
        properties: {
          ...others,
          defaults: { description: 'Merged under every service.', anyOf: [{ $ref: '#/definitions/partialService' }] },
          services: map(services, '#/definitions/partialService'),
          backing: map(backing, '#/definitions/partialBacking'),
        },
      }),
    },
  };
}

/** What zod makes of it. Examples of ours are of what is written, so they stay where zod leaves those of transforms out. */
const written = (): JsonSchema =>
  z.toJSONSchema(system, {
    io: 'input',
    target: 'draft-7',
    override({ zodSchema, jsonSchema }) {
      const examples = z.globalRegistry.get(zodSchema)?.['examples'];
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  }) as JsonSchema;

/** The schema of the values of a map. */
const members = (schema: JsonSchema | undefined): JsonSchema =>
  typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : {};

/** Every key may be null, which removes it. */
const nullable = (schema: JsonSchema): JsonSchema => rewrite(schema, orNull);

/** Every key may be null, and none is required: something to be merged over the rest. */
const partial = (schema: JsonSchema): JsonSchema => rewrite(schema, orNull, ['required', 'default']);

/** The schema with each value of each map changed, at every depth. @param without keywords to leave out */
function rewrite(
  schema: JsonSchema,
  change: (member: JsonSchema) => JsonSchema,
  without: readonly string[] = [],
): JsonSchema {
  const again = (inner: JsonSchema) => rewrite(inner, change, without);
  const result = Object.fromEntries(Object.entries(schema).filter(([key]) => !without.includes(key))) as JsonSchema;
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, member]) => [key, change(again(member))]),
    );
  }
  if (typeof schema.additionalProperties === 'object')
    result.additionalProperties = change(again(schema.additionalProperties));
  if (schema.items) result.items = again(schema.items);
  if (schema.anyOf) result.anyOf = schema.anyOf.map(again);
  if (schema.oneOf) {
    // Without what told them apart, several of the choices can fit.
    delete result.oneOf;
    result.anyOf = schema.oneOf.map(again);
  }
  return result;
}

function orNull(schema: JsonSchema): JsonSchema {
  if (schema.anyOf?.some(({ type }) => type === 'null')) return schema;
  const { description, examples, ...rest } = schema;
  const words = {
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
  };
  const [only, ...further] = Object.keys(rest);
  const choices = only === 'anyOf' && further.length === 0 ? (schema.anyOf ?? []) : [rest];
  return { ...words, anyOf: [...choices, { type: 'null' }] };
}
