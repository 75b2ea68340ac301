import { invalidName } from '../../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { System } from '../schema/system.ts';
import type { MapNode } from '../tree/node.ts';
import { keyPosition, nearestPosition } from '../tree/position.ts';

/** What a name may be, and how the rule reads. */
interface NameRule {
  pattern: RegExp;
  longest: number;
  rule: string;
  /** What the user meant most likely. */
  suggest(name: string): string;
}

const dashed = (name: string): string =>
  name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');

/** RFC 1035 label: the name of a Kubernetes Service, and so of whatever has one. */
const serviceRule: NameRule = {
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  longest: 63,
  rule: 'use small letters, digits and -, a letter first, at most 63 characters (RFC 1035)',
  suggest: dashed,
};

/** Kubernetes gives the Jobs of a CronJob 11 characters of its own. */
const cronRule: NameRule = {
  ...serviceRule,
  longest: 52,
  rule: 'use small letters, digits and -, a letter first, at most 52 characters for a cron',
};

const portRule: NameRule = {
  pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
  longest: 15,
  rule: 'use small letters, digits and single -, with a letter, at most 15 characters (RFC 6335)',
  suggest: (name) => dashed(name).slice(0, 15).replace(/-$/, ''),
};

const variableRule: NameRule = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  longest: 255,
  rule: 'use letters, digits and _, no digit first',
  suggest: (name) => name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_'),
};

/** What a reference can say. */
const wordRule: NameRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
  longest: 63,
  rule: 'use letters, digits, - and _, at most 63 characters',
  suggest: (name) => name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, ''),
};

/** Names that the user gave, by the rule of what will carry them. */
export function checkNames(system: System, tree: MapNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (what: string, path: string[], { pattern, longest, rule, suggest }: NameRule, at = keyPosition) => {
    const name = path.at(-1) ?? '';
    if (pattern.test(name) && name.length <= longest) return;
    const meant = suggest(name).slice(0, longest);
    found.push(
      invalidName(
        what,
        name.slice(0, 80),
        rule,
        pattern.test(meant) && meant !== name ? meant : undefined,
        at(tree, path),
      ),
    );
  };
  check('a system', [system.system], serviceRule, () => nearestPosition(tree, ['system']));
  for (const [name, service] of Object.entries(system.services)) {
    const path = ['services', name];
    check('a service', path, service.kind === 'cron' ? cronRule : serviceRule);
    for (const port of Object.keys(service.ports)) check('a port', [...path, 'ports', port], portRule);
    for (const variable of Object.keys(service.env)) check('a variable', [...path, 'env', variable], variableRule);
    for (const owned of Object.keys(service.owns)) check('a backing service', [...path, 'owns', owned], serviceRule);
    for (const volume of Object.keys(service.volumes)) check('a volume', [...path, 'volumes', volume], serviceRule);
    for (const file of Object.keys(service.files)) check('a file', [...path, 'files', file], serviceRule);
    for (const [index, alias] of service.aliases.entries()) {
      check('an alias', [...path, 'aliases', alias], serviceRule, () =>
        nearestPosition(tree, [...path, 'aliases', index]),
      );
    }
  }
  for (const name of Object.keys(system.backing)) check('a backing service', ['backing', name], serviceRule);
  for (const name of Object.keys(system.secrets)) check('a secret', ['secrets', name], wordRule);
  for (const name of Object.keys(system.routes)) check('a route', ['routes', name], wordRule);
  for (const name of Object.keys(system.variables)) check('a variable', ['variables', name], wordRule);
  return found;
}
