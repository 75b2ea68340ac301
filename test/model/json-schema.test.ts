import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchema, modelSchema } from '../../src/model/schema/json-schema.ts';

const systems = new URL('systems/', import.meta.url).pathname;
const schema = modelSchema();
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

describe('an editor with the JSON Schema', () => {
  test.each(readdirSync(systems).filter((file) => file.endsWith('.yaml')))('finds nothing wrong with %s', (file) => {
    validate(parse(readFileSync(`${systems}${file}`, 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['an unknown key', { services: { web: { source: '.', prot: 3000 } } }],
    ['a wrong type', { services: { web: { source: '.', port: 'three' } } }],
    ['an unknown type of backing service', { backing: { db: { type: 'postgrse' } } }],
    ['an unknown key in an environment', { environments: { production: { contxt: 'x' } } }],
    ['an unknown key of a type', { backing: { db: { type: 'redis', topic: 'x' } } }],
  ])('finds %s', (_, model) => {
    expect(validate({ system: 'shop', ...model })).toBe(false);
  });

  test('allows null wherever it can remove something, and a part of a backing service where it is merged', () => {
    const model = {
      system: 'shop',
      defaults: { env: { A: null } },
      services: { web: { source: '.', env: { A: null }, metrics: null } },
      backing: { db: { type: 'postgres' } },
      environments: { production: { backing: { db: { version: 16 } }, services: { web: null } } },
    };
    validate(model);
    expect(validate.errors ?? []).toEqual([]);
  });
});

test('every key has a description, so that an editor can explain it', () => {
  const silent: string[] = [];
  const visit = (part: JsonSchema, path: string) => {
    for (const [key, member] of Object.entries(part.properties ?? {})) {
      if (member.description === undefined && member.$ref === undefined) silent.push(`${path}.${key}`);
      visit(member, `${path}.${key}`);
    }
    if (typeof part.additionalProperties === 'object') visit(part.additionalProperties, `${path}.*`);
    for (const each of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.items ? [part.items] : [])])
      visit(each, path);
    for (const [name, each] of Object.entries((part['definitions'] ?? {}) as Record<string, JsonSchema>))
      visit(each, name);
  };
  visit(schema, 'model');
  expect(silent).toEqual([]);
});

test('every example is valid', () => {
  const ajv = new Ajv({ strict: false });
  const wrong: string[] = [];
  const visit = (part: JsonSchema, path: string) => {
    for (const example of part.examples ?? []) {
      const refers = JSON.stringify(part).includes('$ref');
      const check = ajv.compile(refers ? { ...part, definitions: schema['definitions'] } : part);
      if (!check(example)) wrong.push(`${path}: ${JSON.stringify(example)}`);
    }
    for (const [key, member] of Object.entries(part.properties ?? {})) visit(member, `${path}.${key}`);
    if (typeof part.additionalProperties === 'object') visit(part.additionalProperties, `${path}.*`);
    for (const each of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.items ? [part.items] : [])])
      visit(each, path);
  };
  visit({ ...schema, examples: [] }, 'model');
  const { service, backing } = schema['definitions'] as Record<string, JsonSchema>;
  visit(service ?? {}, 'service');
  visit(backing ?? {}, 'backing');
  expect(wrong).toEqual([]);
});
