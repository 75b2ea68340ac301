/** Replaces secret values in whatever is logged or told. */
export interface Mask {
  /** Makes a value secret from now on. */
  add(value: string): void;
  apply(text: string): string;
}

/** Shorter values are left alone: they would blacken harmless text and are no secret anyway. */
const shortest = 6;

/** @param values known from the start */
export function createMask(values: Iterable<string> = []): Mask {
  const known = new Set<string>();
  let pattern: RegExp | undefined;
  const add = (value: string) => {
    // A value of several lines is logged line by line; in an address or in JSON it is written in another way.
    for (const part of [value, ...value.split('\n')]) {
      const forms = [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)];
      for (const form of forms) if (form.trim().length >= shortest) known.add(form);
    }
    const longestFirst = [...known].sort((one, other) => other.length - one.length);
    pattern = longestFirst.length > 0 ? new RegExp(longestFirst.map(escapePattern).join('|'), 'g') : undefined;
  };
  for (const value of values) add(value);
  return { add, apply: (text) => (pattern ? text.replace(pattern, '[secret]') : text) };
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
