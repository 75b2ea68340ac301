import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts';
import { refusal } from '../diagnostics/refused.ts';
import type { Context } from './command.ts';
import { gantry } from './commands/gantry.ts';
import { type Parsed, parseCommandLine } from './parse.ts';
import { processTerminal, type Terminal } from './terminal/terminal.ts';

/**
 * Runs one command line to its end.
 * @param argv the words after `gantry`
 * @returns the exit code: 0 fine, 1 findings or failure, 2 wrong usage; `exec` passes on that of its command
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const terminal = processTerminal(!own.includes('--no-color'));
  // Known before the rest is parsed, so that wrong usage too is said in the form that was asked for.
  let format: Context['format'] = /--format[ =]json\b/.test(own.join(' ')) ? 'json' : 'text';
  let place: Pick<Context, 'folder' | 'file' | 'upwards'> = { folder: process.cwd(), upwards: true };
  try {
    const parsed: Parsed = parseCommandLine(argv, gantry);
    if ('text' in parsed) {
      terminal.print(parsed.text);
      return 0;
    }
    const { globals } = parsed;
    const { resolve } = await import('node:path');
    const file = globals.file as string | undefined;
    const dir = globals.dir as string | undefined;
    place = { folder: resolve(dir ?? '.'), file, upwards: dir === undefined && file === undefined };
    format = (globals.format as Context['format'] | undefined) ?? 'text';
    const context: Context = {
      ...place,
      terminal,
      program: gantry,
      environment: globals.environment as string | undefined,
      format,
    };
    return (await parsed.command.run?.(context, parsed.args, parsed.options)) ?? 0;
  } catch (error) {
    const refused = refusal(error);
    if (!(error instanceof Failure || refused)) return reportBug(error);
    const diagnostics = error instanceof Failure ? error.diagnostics : refused ? [refused] : [];
    await report(terminal, diagnostics, { ...place, format });
    return exitCodeOf(diagnostics);
  }
}

/** Names that were typed and do not exist are wrong usage, although only the system could say so. */
const wrongUsage = /^(command\/.*|runtime\/unknown-name|secret\/unknown|model\/unknown-environment)$/;

/** Wrong usage is 2, whatever else there is; any other error 1. */
const exitCodeOf = (diagnostics: readonly Diagnostic[]): number =>
  diagnostics.some(({ code }) => wrongUsage.test(code)) ? 2 : 1;

async function report(
  terminal: Terminal,
  diagnostics: readonly Diagnostic[],
  place: Pick<Context, 'folder' | 'file' | 'upwards' | 'format'>,
): Promise<void> {
  const [{ printDiagnostics }, { locateModel }] = await Promise.all([
    import('./output/print-diagnostics.ts'),
    import('../pipeline/locate.ts'),
  ]);
  const folder = await locateModel(place).catch(() => place.folder);
  printDiagnostics(terminal, diagnostics, { folder, format: place.format });
}

/** Only for what no user can have caused: here the stack helps, for it goes into a report. @returns the exit code */
export function reportBug(error: unknown): number {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`this is a bug in Gantry, please report it with these lines:\n${stack}\n`);
  return 1;
}
