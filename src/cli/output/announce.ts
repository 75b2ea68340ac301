import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RuntimeEvent } from '../../runtimes/local/event.ts';
import type { ProcessState, ProcessStatus } from '../../runtimes/local/status.ts';
import { plainLine } from '../terminal/escape.ts';
import type { Colors } from '../terminal/terminal.ts';
import { seconds } from './amounts.ts';
import { logPrinter, prefixes } from './log-printer.ts';
import { paintState } from './process-table.ts';

export interface AnnouncerOptions {
  colors: Colors;
  /** Of the longest name. */
  width: number;
  /** States worth a line; all when left out. */
  states?: readonly ProcessState[];
  /** Whether messages of long steps are printed: yes, unless a table shows them. */
  progress: boolean;
  /** The text of a diagnostic, in lines. */
  format(diagnostic: Diagnostic): string[];
}

/** Milliseconds between two messages of one long step: enough to see that it goes on, and no flood. */
const pause = 5000;

/**
 * Turns the events of a run into lines: `name | output`, `name * state`, `name > progress`.
 * One state is announced once, and a step's messages are thinned out.
 */
export function announcer(options: AnnouncerOptions): (event: RuntimeEvent) => string[] {
  const { colors, width, states } = options;
  const prefixOf = prefixes(colors, width);
  const logLines = logPrinter(colors, width, false, prefixOf);
  const last = new Map<string, ProcessStatus>();
  const told = new Map<string, number>();
  const changed = (process: ProcessStatus, at: number): string[] => {
    const before = last.get(process.name);
    last.set(process.name, process);
    if (before?.state === process.state || (states && !states.includes(process.state))) return [];
    told.delete(process.name);
    const took = before && process.state === 'ready' ? ` after ${seconds((at - before.since) / 1000)}` : '';
    const address = process.state === 'ready' ? Object.values(process.addresses)[0] : undefined;
    const detail = process.detail ?? process.note;
    const text = `${process.state}${took}${address ? `  ${address}` : ''}${detail ? `  ${plainLine(detail)}` : ''}`;
    return [`${prefixOf(process.name)} ${paintState(process.state, colors)(`* ${text}`)}`];
  };
  const progressed = (name: string, message: string, at: number): string[] => {
    if (!options.progress || at - (told.get(name) ?? Number.NEGATIVE_INFINITY) < pause) return [];
    told.set(name, at);
    return [`${prefixOf(name)} ${colors.dim(`> ${plainLine(message)}`)}`];
  };
  return (event) => {
    switch (event.type) {
      case 'log':
        return logLines(event);
      case 'status':
        return changed(event.process, event.at);
      case 'progress':
        return progressed(event.name, event.message, event.at);
      case 'diagnostic':
        return options.format(event.diagnostic);
      default:
        return [];
    }
  };
}
