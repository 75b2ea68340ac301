import type { LogLine } from '../../runtimes/local/logs.ts';
import { plainLine, safeLine } from '../terminal/escape.ts';
import type { Colors } from '../terminal/terminal.ts';
import { structuredLine } from './structured-line.ts';

/** Colours of prefixes, in the order in which names first write; red and green are left to states. */
const palette = [
  'cyan',
  'magenta',
  'yellow',
  'blue',
  'cyanBright',
  'magentaBright',
  'yellowBright',
  'blueBright',
] as const;

/**
 * Turns captured lines into `name | text`.
 * @param width of the longest name, so that the bars stand below each other
 * @param raw leaves structured lines as the service wrote them
 * @param prefixOf shared with others who print of the same services, so that a name keeps its colour
 */
export function logPrinter(
  colors: Colors,
  width: number,
  raw = false,
  prefixOf: (name: string) => string = prefixes(colors, width),
): (line: Pick<LogLine, 'name' | 'line'>) => string[] {
  const clean = colors.isColorSupported ? safeLine : plainLine;
  return ({ name, line }) => {
    const lines = (raw ? undefined : structuredLine(line, colors)) ?? [clean(line)];
    return lines.map((each) => `${prefixOf(name)} | ${each}`);
  };
}

/** The padded, coloured name; one name keeps its colour. */
export function prefixes(colors: Colors, width: number): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let prefix = known.get(name);
    if (prefix === undefined) {
      prefix = colors[palette[known.size % palette.length] ?? 'cyan'](name.padEnd(width));
      known.set(name, prefix);
    }
    return prefix;
  };
}
