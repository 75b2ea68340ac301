/**
 * The JSON Schema of the plan, from the types and comments of src/plan/plan.ts: the one source of both.
 * The build writes it to dist/plan.schema.json; run alone, this prints it.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @returns {object} JSON Schema, draft 7; unknown keys are refused everywhere but in maps of names */
export function planSchema() {
  const generator = createGenerator({
    path: join(root, 'src', 'plan', 'plan.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'Plan',
    expose: 'export',
    topRef: true,
    jsDoc: 'basic',
    additionalProperties: false,
    skipTypeCheck: true,
    sortProps: false,
  });
  const { $schema, ...schema } = generator.createSchema('Plan');
  return { $schema, title: 'Gantry plan', ...schema };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(planSchema(), null, 2));
