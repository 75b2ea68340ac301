import picocolors from 'picocolors';

/** Functions that colour a text, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes. Passed in, so that nothing else knows of standard output. */
export interface Terminal {
  /** Results, on standard output. */
  print(text: string): void;
  /** Diagnostics and notices, on standard error. */
  notice(text: string): void;
  /** Colours of standard output. */
  colors: Colors;
  /** Colours of standard error. */
  noticeColors: Colors;
  /** Of the terminal that shows results; undefined when they go elsewhere, and lines may be as long as they are. */
  columns?: number;
  /** Whether a person sits at both ends, so that keys and a live table make sense. */
  interactive: boolean;
  /** Called when nobody reads any more: `gantry logs | head`, a closed window. Until it is set, the program just ends. */
  onGone(callback: () => void): void;
}

/**
 * The terminal of this process. Colours follow https://no-color.org and https://force-color.org, then whether the stream
 * is a terminal; each stream by itself, so that a redirected file has no escape codes.
 * @param wanted false for `--no-color`.
 */
export function processTerminal(wanted: boolean): Terminal {
  const { stdin, stdout, stderr, env } = process;
  let gone: () => void = () => process.exit(0);
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
      gone();
    });
  }
  const colored = (stream: NodeJS.WriteStream) => wanted && wantsColor(env, stream.isTTY === true);
  return {
    print: (text) => void stdout.write(text),
    notice: (text) => void stderr.write(text),
    colors: picocolors.createColors(colored(stdout)),
    noticeColors: picocolors.createColors(colored(stderr)),
    columns: stdout.isTTY ? stdout.columns : undefined,
    interactive: stdin.isTTY === true && stdout.isTTY === true && env['TERM'] !== 'dumb',
    onGone(callback) {
      gone = callback;
    },
  };
}

/** Whether to colour a stream. An empty variable counts as not set, as both conventions say. */
function wantsColor(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}
