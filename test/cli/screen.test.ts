import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { createScreen } from '../../src/cli/terminal/screen.ts';

/** A real terminal emulator in memory, and a screen that writes to it. */
function terminal(columns: number, rows: number) {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    convertEol: true,
    scrollback: 1000,
  });
  let writes = 0;
  const sink = {
    columns,
    rows,
    write(text: string) {
      writes += 1;
      emulator.write(text);
    },
  };
  return {
    screen: createScreen(sink),
    writes: () => writes,
    resize(newColumns: number, newRows: number) {
      emulator.resize(newColumns, newRows);
      Object.assign(sink, { columns: newColumns, rows: newRows });
    },
    /** Every line ever shown, scrollback first, without the empty ones at the end. */
    async lines(): Promise<string[]> {
      await new Promise<void>((resolve) => emulator.write('', resolve));
      const { active } = emulator.buffer;
      const all = Array.from(
        { length: active.length },
        (_, index) => active.getLine(index)?.translateToString(true) ?? '',
      );
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
    },
    /** Whether the cursor can be seen. */
    cursorHidden: () =>
      (emulator as unknown as { _core: { coreService: { isCursorHidden: boolean } } })._core.coreService.isCursorHidden,
  };
}

test('what is printed scrolls above what is pinned, and stays in the scrollback', async () => {
  const { screen, lines } = terminal(40, 6);
  screen.draw(['table', 'keys']);
  for (let index = 0; index < 12; index += 1) {
    screen.print([`line ${index}`]);
    screen.draw([`table ${index}`, 'keys']);
  }
  expect(await lines()).toEqual([...Array.from({ length: 12 }, (_, index) => `line ${index}`), 'table 11', 'keys']);
});

test('pinned lines may become more and fewer', async () => {
  const { screen, lines } = terminal(40, 8);
  screen.draw(['a', 'b', 'c', 'd']);
  screen.print(['one']);
  screen.draw(['a']);
  expect(await lines()).toEqual(['one', 'a']);
  screen.draw(['a', 'b', 'c']);
  expect(await lines()).toEqual(['one', 'a', 'b', 'c']);
});

test('a printed line longer than the terminal wraps and is whole', async () => {
  const { screen, lines } = terminal(10, 6);
  screen.draw(['table']);
  screen.print(['abcdefghijklmnopqrstuvwxyz']);
  screen.draw(['table']);
  expect(await lines()).toEqual(['abcdefghij', 'klmnopqrst', 'uvwxyz', 'table']);
});

test('a terminal that became narrower and wrapped the pinned lines is tidied', async () => {
  const { screen, lines, resize } = terminal(40, 10);
  screen.print(['log']);
  screen.draw(['x'.repeat(38), 'y'.repeat(38)]);
  await lines();
  resize(20, 10);
  screen.draw(['x'.repeat(19), 'y'.repeat(19)]);
  expect(await lines()).toEqual(['log', 'x'.repeat(19), 'y'.repeat(19)]);
});

test('closing takes the pinned lines away and gives the cursor back, once', async () => {
  const { screen, lines, cursorHidden, writes } = terminal(40, 10);
  screen.print(['log']);
  screen.draw(['table', 'keys']);
  await lines();
  expect(cursorHidden()).toBe(true);
  screen.print(['last']);
  screen.close();
  expect(await lines()).toEqual(['log', 'last']);
  expect(cursorHidden()).toBe(false);
  const before = writes();
  screen.close();
  screen.draw(['late']);
  expect(writes()).toBe(before);
});

test('a frame is one write', () => {
  const { screen, writes } = terminal(40, 10);
  screen.print(['a', 'b', 'c']);
  screen.draw(['table', 'keys']);
  expect(writes()).toBe(1);
});

test('a terminal that became shorter is tidied', async () => {
  const { screen, lines, resize } = terminal(40, 10);
  screen.print(['log']);
  screen.draw(['a', 'b', 'c', 'd', 'e']);
  await lines();
  resize(40, 4);
  screen.draw(['a', 'b']);
  expect(await lines()).toEqual(['log', 'a', 'b']);
});

test('growing again leaves nothing behind', async () => {
  const { screen, lines, resize } = terminal(20, 6);
  screen.print(['a line that is longer than the terminal']);
  screen.draw(['x'.repeat(19)]);
  await lines();
  resize(60, 20);
  screen.draw(['x'.repeat(59), 'y']);
  expect(await lines()).toEqual(['a line that is longer than the terminal', 'x'.repeat(59), 'y']);
});
