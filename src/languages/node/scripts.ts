import { plainCommand } from '../command.ts';
import type { Command } from '../language.ts';
import type { Package } from './package.ts';
import type { Tool } from './tool.ts';

/**
 * The command of a script in package.json, with no package manager in between where it is a plain one: that saves its
 * start-up time and a process. A script with a `pre` or `post` script, or that reads what only npm sets, goes through
 * the package manager; one that needs a shell gets a shell.
 * @returns undefined when there is no such script.
 */
export function scriptCommand(of: Package, name: string, tool: Tool, depth = 0): Command | undefined {
  const script = of.scripts[name]?.trim();
  if (!script) return undefined;
  const command = (argv: string[], environment: Record<string, string> = {}) => ({ argv, cwd: of.folder, environment });
  const throughTool = command([...tool.program, 'run', name]);
  const surrounded = of.scripts[`pre${name}`] !== undefined || of.scripts[`post${name}`] !== undefined;
  if (tool.plugnplay || surrounded || /\b(npm_(package|config|lifecycle)_|INIT_CWD)/.test(script)) return throughTool;
  const plain = plainCommand(script);
  if (!plain) return command(['sh', '-c', script]);
  const words = plain.words[0] === 'cross-env' ? plainCommand(quoted(plain.words.slice(1))) : plain;
  if (!words) return throughTool;
  const environment = { ...plain.environment, ...words.environment };
  const called = calledScript(words.words);
  if (called && depth < 5) {
    const inner = scriptCommand(of, called, tool, depth + 1);
    if (inner) return { ...inner, environment: { ...environment, ...inner.environment } };
  }
  return command(
    words.words[0] === 'npx' && !words.words[1]?.startsWith('-') ? words.words.slice(1) : words.words,
    environment,
  );
}

const quoted = (words: readonly string[]): string =>
  words.map((word) => (/^\$\{(PORT|HOST)\}$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** The script that `npm run x`, `pnpm x`, `yarn x` or `npm start` runs, when nothing else is handed to it. */
function calledScript(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words;
  if (!['npm', 'pnpm', 'yarn'].includes(program)) return undefined;
  const [verb, name] = rest[0] === 'run' || rest[0] === 'run-script' ? [rest[0], rest[1]] : [undefined, rest[0]];
  if (name === undefined || rest.length !== (verb ? 2 : 1)) return undefined;
  return verb || program !== 'npm' || ['start', 'test', 'stop', 'restart'].includes(name) ? name : undefined;
}
