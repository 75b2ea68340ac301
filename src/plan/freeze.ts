/** Freezes a tree of plain data, all the way down, and returns it. A plan is read by many and changed by none. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

/** Without the keys that are undefined, so that the plan is the same before and after a trip through JSON. */
export function compact<T extends object>(value: T): T {
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) delete (value as Record<string, unknown>)[key];
  }
  return value;
}
