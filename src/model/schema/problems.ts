import type { z } from 'zod';
import {
  contradiction,
  invalidValue,
  missingKey,
  outOfRange,
  unknownChoice,
  unknownKey,
  wrongType,
} from '../../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { MapNode } from '../tree/node.ts';
import { keyPosition, nearestPosition, nodeAt } from '../tree/position.ts';
import { inWords, seenInWords } from './describe.ts';
import type { IssueDetails } from './read.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * The error map for `safeParse`. An issue says which key is unknown but not which are known: those are passed on in its
 * message, where `diagnosticsOf` finds them.
 */
export const passKeysOn: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const shape = (issue.inst as z.ZodObject | undefined)?._zod.def.shape;
  return Object.keys(shape ?? {}).join('\n');
};

/** Issues of zod as diagnostics with their places in the tree. @param base path of the validated value in the tree */
export const diagnosticsOf = (issues: readonly Issue[], root: MapNode, base: Path = []): Diagnostic[] =>
  issues.flatMap((issue) => diagnosticsOfOne(issue, root, [...base, ...issue.path]));

/** Paths of the values that the issues call wrong, or of those that are missing. @param base as in `diagnosticsOf` */
export const faultyPaths = (issues: readonly Issue[], base: Path = []): string[][] =>
  issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key].map(String));
    const meant = issue.code === 'invalid_union' ? meantBranch(issue) : undefined;
    return meant ? faultyPaths(meant, path) : [path.map(String)];
  });

function diagnosticsOfOne(issue: Issue, root: MapNode, path: Path): Diagnostic[] {
  const at = nearestPosition(root, path);
  const node = nodeAt(root, path);
  const what = inWords(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.message.split('\n').filter((key) => key !== '');
      return issue.keys.map((key) =>
        unknownKey(key, what, keys, nearest(key, keys), keyPosition(root, [...path, key])),
      );
    }
    case 'invalid_type':
      return [mismatch(path, root, [typeWords[issue.expected] ?? issue.expected])];
    case 'invalid_value': {
      if (!node) return [mismatch(path, root, [`one of: ${issue.values.join(', ')}`])];
      const choices = issue.values.map(String);
      return [unknownChoice(what, seenInWords(node), choices, nearest(text(node), choices), at)];
    }
    case 'too_small':
      return [
        outOfRange(
          what,
          boundWords('least', issue.origin, Number(issue.minimum), issue.inclusive),
          seenInWords(node),
          at,
        ),
      ];
    case 'too_big':
      return [
        outOfRange(
          what,
          boundWords('most', issue.origin, Number(issue.maximum), issue.inclusive),
          seenInWords(node),
          at,
        ),
      ];
    case 'invalid_union':
      return union(issue, root, path);
    case 'custom': {
      const details = issue.params as IssueDetails | undefined;
      if (details?.code !== 'model/contradiction') return [invalidValue(what, issue.message, at, details?.cure)];
      // The path names the key to point at; the words name the map around it.
      const around = nodeAt(root, path)?.kind === 'map' ? path : path.slice(0, -1);
      const place = around.length === path.length ? nearestPosition(root, path) : keyPosition(root, path);
      return [contradiction(inWords(around), issue.message, place, details.cure)];
    }
    default:
      return [invalidValue(what, issue.message, at)];
  }
}

function union(issue: z.core.$ZodIssueInvalidUnion, root: MapNode, path: Path): Diagnostic[] {
  const node = nodeAt(root, path);
  if (issue.discriminator !== undefined && issue.errors.length === 0) {
    const choices = ('options' in issue ? (issue.options as unknown[]) : []).map(String);
    if (!node)
      return [
        missingKey(
          String(path.at(-1)),
          inWords(path.slice(0, -1)),
          `one of: ${choices.join(', ')}`,
          nearestPosition(root, path),
        ),
      ];
    return [
      unknownChoice(
        inWords(path),
        seenInWords(node),
        choices,
        nearest(text(node), choices),
        nearestPosition(root, path),
      ),
    ];
  }
  const branch = meantBranch(issue);
  if (branch) return diagnosticsOf(branch, root, path);
  return [mismatch(path, root, [...new Set(issue.errors.flatMap(expectedAtRoot))])];
}

/** Of the shapes that a value may have, the one that it comes nearest to; undefined when it is like none. */
const meantBranch = ({ errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined =>
  errors.filter((branch) => !isMismatch(branch)).sort((a, b) => a.length - b.length)[0];

/** Whether a branch of a union is for values of another type altogether. */
const isMismatch = (branch: readonly Issue[]): boolean =>
  branch.some(
    (issue) =>
      issue.path.length === 0 &&
      (issue.code === 'invalid_type' ||
        (issue.code === 'invalid_value' && issue.values.length === 1) ||
        (issue.code === 'invalid_union' && issue.discriminator === undefined && issue.errors.every(isMismatch))),
  );

const expectedAtRoot = (branch: readonly Issue[]): string[] =>
  branch.flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === 'invalid_type') return [typeWords[issue.expected] ?? issue.expected];
    if (issue.code === 'invalid_value') return issue.values.map(String);
    return issue.code === 'invalid_union' ? issue.errors.flatMap(expectedAtRoot) : [];
  });

function mismatch(path: Path, root: MapNode, expected: readonly string[]): Diagnostic {
  const node = nodeAt(root, path);
  const shapes = expected
    .filter((shape) => shape !== 'nothing')
    .map((shape, _, all) => (shape === 'true or false' && all.length > 1 ? 'a boolean' : shape));
  const words =
    shapes.length > 1 ? `${shapes.slice(0, -1).join(', ')} or ${shapes.at(-1)}` : (shapes[0] ?? 'something');
  if (!node && path.length > 0) {
    return missingKey(String(path.at(-1)), inWords(path.slice(0, -1)), words, nearestPosition(root, path));
  }
  return wrongType(inWords(path), words, seenInWords(node), nearestPosition(root, path));
}

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  null: 'nothing',
};

function boundWords(side: 'least' | 'most', origin: string, bound: number, inclusive = true): string {
  const many = (unit: string) => `${unit}${bound === 1 ? '' : 's'}`;
  if (origin === 'string' && side === 'least' && bound === 1) return 'text that is not empty';
  if (origin === 'string') return `at ${side} ${bound} ${many('character')} long`;
  if (origin === 'array') return `a list of at ${side} ${bound} ${many('value')}`;
  if (inclusive) return `at ${side} ${bound}`;
  return side === 'least' ? `above ${bound}` : `below ${bound}`;
}

const text = (node: ReturnType<typeof nodeAt>): string => (node?.kind === 'scalar' ? String(node.value) : '');
