import { plainLine } from '../terminal/escape.ts';
import type { Colors } from '../terminal/terminal.ts';

/** pino and bunyan write levels as numbers. */
const numbered: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

const levelKeys = ['level', 'severity', 'lvl', 'levelname'];
/** structlog says `event`; tracing puts `message` under `fields`. */
const messageKeys = ['msg', 'message', 'event'];
/** What the line around says already, or what is the same in every line of a process. */
const leftOut: ReadonlySet<string> = new Set([
  ...['time', 'timestamp', '@timestamp', 'ts', 'asctime'],
  ...['pid', 'hostname', 'v', '@version'],
]);

/** No more than this is read as JSON: a longer line is data, not a message. */
const longest = 32_768;

type Fields = Record<string, unknown>;

/**
 * A line of a structured log as people read it: `LEVEL message key=value …`, an error's stack on lines of its own.
 * Only objects with both a level and a message are taken for one.
 * @returns undefined for any other line, which is shown as it came
 */
export function structuredLine(line: string, colors: Colors): string[] | undefined {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}') || text.length > longest) return undefined;
  const written = read(text);
  if (!written) return undefined;
  const { fields: inner, ...outer } = written;
  const fields: Fields = isFields(inner) ? { ...outer, ...inner } : written;
  const levelKey = levelKeys.find((key) => levelOf(fields[key]) !== undefined);
  const messageKey = messageKeys.find((key) => typeof fields[key] === 'string');
  if (levelKey === undefined || messageKey === undefined) return undefined;
  const level = levelOf(fields[levelKey]) ?? '';
  const details: string[] = [];
  const stacks: string[] = [];
  for (const [key, value] of Object.entries(fields)) {
    if (key === levelKey || key === messageKey || leftOut.has(key) || value === null) continue;
    const stack = stackOf(key, value);
    if (stack === undefined) details.push(`${colors.dim(`${clean(key)}=`)}${shown(value)}`);
    else stacks.push(stack);
  }
  const message = String(fields[messageKey]).split('\n').map(clean);
  const [first = '', ...more] = message;
  const head = [paint(level, colors), first, ...details].filter((part) => part !== '').join(' ');
  const below = stacks.flatMap((stack) => stack.trimEnd().split('\n'));
  return [head, ...more, ...below.map((each) => colors.dim(`    ${clean(each)}`))];
}

function read(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function levelOf(value: unknown): string | undefined {
  if (typeof value === 'number') return numbered[Math.floor(value / 10) * 10];
  const isWord = typeof value === 'string' && /^[a-z]{3,12}$/i.test(value);
  return isWord ? value.toUpperCase() : undefined;
}

function paint(level: string, colors: Colors): string {
  const word = level.padEnd(5);
  if (/^(ERR|FATAL|CRIT|PANIC|ALERT|EMERG)/.test(level)) return colors.red(word);
  if (level.startsWith('WARN')) return colors.yellow(word);
  return /^(DEBUG|TRACE)/.test(level) ? colors.dim(word) : colors.green(word);
}

/** The stack of an error, which begins with its type and message; structlog writes it as `exception`. */
function stackOf(key: string, value: unknown): string | undefined {
  if (isFields(value)) return typeof value['stack'] === 'string' ? value['stack'] : undefined;
  const named = ['stack', 'exception', 'exc_info', 'stacktrace'].includes(key);
  return named && typeof value === 'string' && value.includes('\n') ? value : undefined;
}

function shown(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return clean(value);
  return clean(JSON.stringify(value));
}

/** What JSON escaped is a control character again: none of them reaches the terminal. */
const clean = (text: string): string => plainLine(text);
