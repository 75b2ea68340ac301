/** Freezes a tree of plain data, all the way down, and returns it. A plan is read by many and changed by none. */
export function deepFreeze<T extends object>(value: T): T {
  for (const key in value) {
    const member = value[key];
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) deepFreeze(member);
  }
  return Object.freeze(value);
}

/**
 * Without the keys that are undefined, so that the plan is the same before and after a trip through JSON.
 * Makes a new object: deleting keys would turn it into a slow one, and a plan has very many.
 */
export function compact<T extends object>(value: T): T {
  const made: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) made[key] = value[key];
  return made as T;
}

/** A copy of plain data, all the way down, so that freezing the plan leaves the model as it was. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, copyOf(member)])) as T;
}
