import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cli, folderWith } from './gantry.ts';
import { eventually } from './hello.ts';

/** Whether there is a tmux, the terminal that tests can look at. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** A shell on a real terminal of its own, ended with the test. */
export function openTerminal(folder: string, columns = 100, rows = 24) {
  const socket = join(folderWith({}), 'tmux');
  const tmux = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`tmux ${words[0]}: ${stderr}`);
    return stdout;
  };
  const shell = ['env', '-u', 'NO_COLOR', '-u', 'FORCE_COLOR', 'PS1=$ ', 'sh'];
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', folder, '-s', 't', ...shell);
  tmux('set-option', '-g', 'history-limit', '5000');
  let open = true;
  onTestFinished(() => {
    if (open) tmux('kill-server');
  });
  const terminal = {
    /** Types a text as it is. */
    type: (text: string) => tmux('send-keys', '-t', 't', '-l', text),
    /** Presses keys by their names: `Enter`, `C-c`, `Down`. */
    press: (...keys: string[]) => tmux('send-keys', '-t', 't', ...keys),
    /** Types a command line of gantry and Enter; `code N` is printed when it has ended. */
    gantry(words: string) {
      terminal.type(`'${process.execPath}' '${cli}' ${words}; echo "code $?"`);
      terminal.press('Enter');
    },
    /** What is on the screen now. */
    screen: () => tmux('capture-pane', '-p', '-t', 't').trimEnd(),
    /** The scrollback and the screen. */
    everything: () => tmux('capture-pane', '-p', '-S', '-5000', '-t', 't').trimEnd(),
    /** With escape codes. */
    colored: () => tmux('capture-pane', '-p', '-e', '-t', 't'),
    resize: (newColumns: number, newRows: number) =>
      tmux('resize-window', '-t', 't', '-x', String(newColumns), '-y', String(newRows)),
    cursorShown: () => tmux('display-message', '-p', '-t', 't', '#{cursor_flag}').trim() === '1',
    /** Whether typed characters are echoed, as in a shell, and not taken one by one. */
    echoes: () =>
      !/-echo\b/.test(
        spawnSync('stty', ['-a', '-F', tmux('display-message', '-p', '-t', 't', '#{pane_tty}').trim()], {
          encoding: 'utf8',
        }).stdout,
      ),
    /** As when the window is closed. */
    close() {
      open = false;
      tmux('kill-server');
    },
    shows: (text: string | RegExp) =>
      eventually(`the screen shows ${text}\n${terminal.screen()}`, () =>
        typeof text === 'string' ? terminal.screen().includes(text) : text.test(terminal.screen()),
      ),
  };
  return terminal;
}
