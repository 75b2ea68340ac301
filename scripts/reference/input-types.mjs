/** TypeScript types of a model as written, printed from its JSON Schema: what `defineSystem` takes. */

const header = `/**
 * Types of a model as it is written. Made from the schema by \`npm run generate\`: change the schema, not this file.
 */
`;

/**
 * @param {object} schema of the model
 * @param {Record<string, { attributes: Record<string, unknown> }>} backingDefinitions
 * @returns {string} a TypeScript module
 */
export function inputTypes(schema, backingDefinitions) {
  const printer = createPrinter();
  const { definitions, ...system } = schema;
  const roots = [
    ['SystemInput', system],
    ['ServiceInput', definitions.service],
    ['PartialServiceInput', definitions.partialService],
    ['EnvironmentInput', definitions.environment],
    ['BackingInput', definitions.backing],
    ['PartialBackingInput', definitions.partialBacking],
  ];
  for (const [name, root] of roots) printer.declare(name, root);
  const attributes = Object.entries(backingDefinitions).map(
    ([type, definition]) =>
      `  ${key(type)}: ${Object.keys(definition.attributes)
        .map((name) => `'${name}'`)
        .join(' | ')};`,
  );
  const table = `/** What \`\${name.attribute}\` may say of a backing service, by its type. */
export interface BackingAttributes {
${attributes.join('\n')}
}
`;
  return `${header}\n${[...printer.declarations(), table].join('\n')}`;
}

const references = {
  '#/definitions/service': 'ServiceInput',
  '#/definitions/partialService': 'PartialServiceInput',
  '#/definitions/environment': 'EnvironmentInput',
  '#/definitions/backing': 'BackingInput',
  '#/definitions/partialBacking': 'PartialBackingInput',
};

function createPrinter() {
  const declared = [];
  /** Shapes that were given a name, so that each is written once. */
  const named = new Map();
  const names = new Set(Object.values(references));

  function typeOf(schema, hint) {
    if (schema.$ref) return references[schema.$ref];
    if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, hint)).join(' | ');
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices)
      return [
        ...new Set(choices.map((choice) => typeOf(choice, choice.title ? `${choice.title} ${hint}` : hint))),
      ].join(' | ');
    if ('const' in schema) return literal(schema.const);
    if (schema.enum) return schema.enum.map(literal).join(' | ');
    switch (schema.type) {
      case 'string':
        return 'string';
      case 'number':
      case 'integer':
        return 'number';
      case 'boolean':
      case 'null':
        return schema.type;
      case 'array':
        return arrayOf(typeOf(schema.items, hint));
      case 'object':
        return schema.properties
          ? shape(schema, hint)
          : `{ readonly [name: string]: ${typeOf(schema.additionalProperties, hint)} }`;
      default:
        throw new Error(`no type for ${JSON.stringify(schema).slice(0, 200)}`);
    }
  }

  function shape(schema, hint) {
    if (Object.keys(schema.properties).length === 0) return '{ readonly [name: string]: never }';
    const identity = JSON.stringify({ ...schema, description: undefined, examples: undefined });
    const known = named.get(identity);
    if (known) return known;
    let name = hint;
    for (let number = 2; names.has(name); number += 1) name = `${hint}${number}`;
    names.add(name);
    named.set(identity, name);
    declared.push(body(name, schema));
    return name;
  }

  function body(name, schema) {
    const members = Object.entries(schema.properties).map(([property, member]) => {
      const optional = schema.required?.includes(property) ? '' : '?';
      return `${comment(member)}  readonly ${key(property)}${optional}: ${typeOf(member, pascal(name.replace(/Input$/, ''), property))};\n`;
    });
    const further = schema.patternProperties ? '  readonly [further: `x-${string}`]: unknown;\n' : '';
    return `export interface ${name} {\n${members.join('')}${further}}\n`;
  }

  return {
    declare(name, schema) {
      if (schema.properties) declared.push(body(name, schema));
      else {
        const choices = (schema.anyOf ?? schema.oneOf).map((choice) =>
          typeOf(choice, `${pascal('', choice.properties.type.const ?? choice.title)}${name}`),
        );
        declared.push(
          `/** One type of backing service. */\nexport type ${name} =\n${choices.map((each) => `  | ${each}`).join('\n')};\n`,
        );
      }
    },
    declarations: () => declared,
  };
}

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);
const literal = (value) => (typeof value === 'string' ? `'${value}'` : String(value));
/** The tool that bundles types loses the parentheses of `readonly (readonly string[])[]`, so such a type is written out. */
const arrayOf = (item) =>
  item.startsWith('readonly ') ? `ReadonlyArray<${item}>` : `readonly ${parenthesised(item)}[]`;

const parenthesised = (type) => (/ \| |^readonly /.test(type) ? `(${type})` : type);
const pascal = (...words) =>
  words
    .join('-')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function comment({ description, examples }) {
  if (!description) return '';
  const lines = [description];
  for (const example of examples ?? []) lines.push(`@example ${JSON.stringify(example)}`);
  const safe = lines.map((line) => line.replaceAll('*/', '*\\/'));
  return safe.length === 1 ? `  /** ${safe[0]} */\n` : `  /**\n${safe.map((line) => `   * ${line}\n`).join('')}   */\n`;
}
