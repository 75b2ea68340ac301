/** The reference page of the model: every key with its type, what it does, an example. From the JSON Schema. */

/** @returns {string} Markdown */
export function modelPage(schema, backingDefinitions) {
  const { definitions } = schema;
  const { properties } = schema;
  const lines = [
    '# Reference: the model',
    '',
    'Every key of `gantry.yaml` and `gantry.config.ts`. [The model](../model.md) explains how they work together.',
    'This page is made from the schema that validates, by `npm run generate`.',
    '',
    'In every map a key can be `null`: that removes what `defaults`, `extends` or the top level says.',
    '',
    ...section('## Top level', { properties, required: ['system'] }, ['system']),
    ...section('## A service', definitions.service),
    ...section('## A backing service', common(definitions.backing), ['type']),
    ...Object.entries(backingDefinitions).flatMap(([type, definition]) => backingSection(type, definition)),
    ...section('## A secret', mapOf(properties.secrets)),
    ...section('## A route', mapOf(properties.routes)),
    ...Object.entries(properties.outputs.properties).flatMap(([name, target]) => [
      ...section(`## The target \`${name}\``, objectIn(target), [], target.description),
    ]),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** A heading and a table of the keys, those of maps inside them with dots. */
function section(heading, schema, required = schema?.required ?? [], description = undefined) {
  const rows = rowsOf(schema, '', required);
  const table = rows.length > 0 ? ['| Key | Type | |', '|---|---|---|', ...rows] : ['It takes no options: write `{}`.'];
  return [heading, '', ...(description ? [description, ''] : []), ...table, ''];
}

function rowsOf(schema, prefix, required) {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const inner = objectIn(member);
    const example = member.examples?.[0];
    const words = [
      required.includes(name) ? 'Required.' : '',
      member.description ?? '',
      member.default === undefined ? '' : `Default: \`${JSON.stringify(member.default)}\`.`,
      example === undefined ? '' : `Example: \`${yamlOf(example)}\``,
    ];
    const row = `| \`${path}\` | ${cell(typeOf(member))} | ${cell(words.filter(Boolean).join(' '))} |`;
    const deeper = inner?.properties && !member.$ref ? rowsOf(inner, `${path}.`, inner.required ?? []) : [];
    const members = mapOf(member);
    const named =
      members?.properties &&
      !['services', 'backing', 'environments', 'secrets', 'routes', 'owns', 'outputs'].includes(name);
    return [
      row,
      ...(name === 'outputs' && prefix === '' ? [] : deeper),
      ...(named ? rowsOf(members, `${path}.NAME.`, members.required ?? []) : []),
    ];
  });
}

/** Type in words. */
function typeOf(schema) {
  if (schema.$ref)
    return `[${schema.$ref.includes('ervice') ? 'a service' : schema.$ref.includes('acking') ? 'a backing service' : 'the same keys again'}]`.replace(
      /[[\]]/g,
      '',
    );
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' or ');
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== 'null');
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ');
  if ('const' in schema) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'object')
    return schema.properties ? 'map' : `map of names to ${typeOf(schema.additionalProperties)}`;
  return (
    { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false' }[schema.type] ?? schema.type
  );
}

/** The shape with fixed keys among the choices, if there is one. */
const objectIn = (schema) =>
  schema.properties ? schema : (schema.anyOf ?? schema.oneOf ?? []).map(objectIn).find((each) => each?.properties);

/** The shape of the members of a map of names. */
function mapOf(schema) {
  const map = schema.type === 'object' ? schema : (schema.anyOf ?? []).find((choice) => choice.type === 'object');
  return typeof map?.additionalProperties === 'object' ? objectIn(map.additionalProperties) : undefined;
}

/** What all types of backing service share. */
function common(backing) {
  const [first, ...others] = backing.oneOf ?? backing.anyOf;
  const properties = Object.fromEntries(
    Object.entries(first.properties).filter(([name]) => others.every((other) => name in other.properties)),
  );
  const types = [first, ...others].map((each) => each.properties.type.const);
  return { properties: { ...properties, type: { enum: types, description: 'Which server it is.' } } };
}

function backingSection(type, { title, defaultVersion, attributes, settings }) {
  const own = Object.entries(settings).map(
    ([name, { description, type: kind, default: value }]) =>
      `| \`${name}\` | ${{ string: 'text', number: 'number', boolean: 'true or false' }[kind]} | ${cell(description)}${value === undefined ? '' : ` Default: \`${value}\`.`} |`,
  );
  return [
    `### \`type: ${type}\``,
    '',
    `${title}; version ${defaultVersion} when left out.`,
    '',
    ...(own.length > 0 ? ['| Key | Type | |', '|---|---|---|', ...own, ''] : []),
    '| Attribute | |',
    '|---|---|',
    ...Object.entries(attributes).map(([name, { description }]) => `| \`\${NAME.${name}}\` | ${cell(description)} |`),
    '',
  ];
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A value as YAML on one line. */
function yamlOf(value) {
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([name, each]) => `${name}: ${yamlOf(each)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' && /[:{}[\],#]|^[\d@*&!%]|\.\.$/.test(value) && !/^[\w./-]+$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}
