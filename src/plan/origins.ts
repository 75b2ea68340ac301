import { positionOf } from '../model/tree/position.ts';
import { childOf, type Place } from './place.ts';
import type { Plan } from './plan.ts';

/**
 * Remembers, while the plan is made, which place of the model each of its objects came from.
 * Members follow by themselves where plan and model use the same key; `keys` tells where they differ.
 */
export interface Origins {
  /** @param keys for members whose place is not the one under the same key; undefined: that of the object itself */
  mark(object: object, place: Place | undefined, keys?: Readonly<Record<string, Place | undefined>>): void;
  /** The provenance of a whole plan, as `Plan.origins` holds it. Linear in the size of the plan. */
  collect(plan: object): Record<string, string>;
}

export function createOrigins(): Origins {
  const marks = new Map<object, { place: Place | undefined; keys?: Readonly<Record<string, Place | undefined>> }>();

  const walk = (
    value: object,
    pointer: string,
    place: Place | undefined,
    said: string,
    found: Record<string, string>,
  ) => {
    const keys = marks.get(value)?.keys;
    for (const [key, member] of Object.entries(value)) {
      const object = typeof member === 'object' && member !== null ? (member as object) : undefined;
      const written = keys && Object.hasOwn(keys, key) ? keys[key] : childOf(place, key);
      const own = (object && marks.get(object)?.place) ?? written;
      const text = own ? placeText(own) : said;
      const below = `${pointer}/${escapePointer(key)}`;
      // What is the same as above need not be said again: see `originOf`.
      if (text !== said) found[below] = text;
      if (object && mayDiffer(object, own ?? place)) walk(object, below, own ?? place, text, found);
    }
  };

  /** Nothing below a scalar was written apart from it, unless a mark says so: most of a plan need not be looked at. */
  const mayDiffer = (object: object, place: Place | undefined): boolean =>
    place?.value.kind !== 'scalar' || marks.get(object)?.keys !== undefined;

  return {
    mark: (object, place, keys) => void marks.set(object, { place, keys }),
    collect(plan) {
      const found: Record<string, string> = {};
      walk(plan, '', marks.get(plan)?.place, '', found);
      return found;
    },
  };
}

/**
 * Where in the model a value of the plan came from.
 * @param pointer JSON pointer (RFC 6901) into the plan
 * @returns `file:line:column`, or undefined for what no model says (`/apiVersion`)
 */
export function originOf(plan: Plan, pointer: string): string | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (Object.hasOwn(plan.origins, at)) return plan.origins[at];
  }
  return undefined;
}

/** One key as a step of a JSON pointer (RFC 6901). */
const escapePointer = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;

/** A scalar stands for itself; a map or list is shown by the key that names it, for its first character says little. */
function placeText({ key, value }: Place): string {
  const { file, line, column } = positionOf(value.kind === 'scalar' ? value.span : (key ?? value.span));
  return `${file}:${line}:${column}`;
}
