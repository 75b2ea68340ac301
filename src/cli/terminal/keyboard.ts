import { emitKeypressEvents } from 'node:readline';

/** A key as `readline` names it. */
export interface Key {
  name?: string;
  sequence?: string;
  ctrl?: boolean;
  meta?: boolean;
}

export interface KeyboardListeners {
  onKey(key: Key): void;
  /** The terminal has another size now. */
  onResize(): void;
  /** We are asked to end: SIGINT, SIGTERM, or the terminal was closed. */
  onSignal(): void;
  /** The process ends, however it came to that: the last chance to tidy the terminal. */
  onExit(): void;
}

/** Takes keys one by one and without echo, and the signals that would end us. @returns gives all of it back */
export function takeKeyboard({ onKey, onResize, onSignal, onExit }: KeyboardListeners): () => void {
  const { stdin, stdout } = process;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const key = (_text: string | undefined, pressed: Key) => onKey(pressed);
  // A closed terminal ends or breaks the input; SIGHUP says the same, and comes too.
  const ignore = () => {};
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', key);
  stdin.on('error', ignore);
  stdin.resume();
  stdout.on('resize', onResize);
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('exit', onExit);
    stdout.off('resize', onResize);
    stdin.off('keypress', key);
    try {
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is no mode to restore.
    }
    stdin.pause();
  };
}
