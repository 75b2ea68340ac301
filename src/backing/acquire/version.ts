const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** The first number of a version: `15` of `15.18`. */
export const majorOf = (version: string): number => numbers(version)[0] ?? 0;

/** Whether a version is the other one or newer; what the other does not say does not matter: 7.2 is at least 7. */
export function isAtLeast(version: string, asked: string): boolean {
  const found = numbers(version);
  for (const [index, number] of numbers(asked).entries()) {
    const mine = found[index] ?? 0;
    if (mine !== number) return mine > number;
  }
  return true;
}

/** Whether a version serves for the one asked for where majors break things: the same major, and at least as new. */
export const fits = (version: string, asked: string): boolean =>
  majorOf(version) === majorOf(asked) && isAtLeast(version, asked);
