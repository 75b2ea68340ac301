import type { Position } from '../diagnostics/diagnostic.ts';

/**
 * A value of the model and where it was written. The planner knows positions only through this, so that it does not depend
 * on how a loader keeps them.
 */
export interface Place {
  /** The value under a key or index; undefined when it was not written. */
  child(key: string | number): Place | undefined;
  /** The key that names it, for a member of a map; otherwise the value. */
  keyAt(): Position | undefined;
  /** The value; or a part of its text, by offset and length in UTF-16 units. */
  valueAt(offset?: number, length?: number): Position | undefined;
}

/** The deepest place on the way along the keys that was really written. */
export function nearestPlace(start: Place, ...keys: (string | number)[]): Place {
  let place = start;
  for (const key of keys) {
    const next = place.child(key);
    if (!next) return place;
    place = next;
  }
  return place;
}

/** The place at the end of the keys, or undefined when that was not written. */
export function placeAt(start: Place | undefined, ...keys: (string | number)[]): Place | undefined {
  let place = start;
  for (const key of keys) place = place?.child(key);
  return place;
}
