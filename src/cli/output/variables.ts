/**
 * Variables one a line.
 * @param exported for a POSIX shell: `export NAME='value'`
 */
export function variableLines(variables: Record<string, string>, exported: boolean): string {
  const line = ([name, value]: [string, string]) => (exported ? `export ${name}=${quoted(value)}` : `${name}=${value}`);
  return Object.entries(variables)
    .map((entry) => `${line(entry)}\n`)
    .join('');
}

/** In single quotes nothing is special to a shell but the quote itself. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
