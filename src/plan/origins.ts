import type { Position } from '../diagnostics/diagnostic.ts';
import { childOf, type Place, valuePosition } from './place.ts';
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
    value: unknown,
    pointer: string,
    inherited: Place | undefined,
    found: Record<string, string>,
    above: string,
  ) => {
    const object = typeof value === 'object' && value !== null ? value : undefined;
    const mark = object && marks.get(object);
    const place = mark?.place ?? inherited;
    const text = place && positionText(valuePosition(place));
    // What is the same as above need not be said again: see `originOf`.
    if (pointer !== '' && text !== undefined && text !== above) found[pointer] = text;
    if (!object) return;
    for (const [key, member] of Object.entries(object)) {
      if (member === undefined) continue;
      const own = mark?.keys && Object.hasOwn(mark.keys, key) ? mark.keys[key] : childOf(place, key);
      walk(member, `${pointer}/${escapePointer(key)}`, own ?? place, found, text ?? above);
    }
  };

  return {
    mark: (object, place, keys) => void marks.set(object, { place, keys }),
    collect(plan) {
      const found: Record<string, string> = {};
      walk(plan, '', undefined, found, '');
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
export const escapePointer = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;

const positionText = (position: Position | undefined): string | undefined =>
  position && `${position.file}:${position.line}:${position.column}`;
