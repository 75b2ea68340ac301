import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ProcessStatus, SystemStatus } from './status.ts';

/**
 * What the supervisor tells: the terminal, `logs`, `--detach` and the page all read this one stream
 * (newline-delimited JSON on the control socket).
 */
export type RuntimeEvent =
  | { type: 'status'; at: number; process: ProcessStatus }
  | { type: 'system'; at: number; state: SystemStatus['state']; elapsed?: number }
  | { type: 'log'; at: number; name: string; stream: 'stdout' | 'stderr'; line: string }
  | { type: 'progress'; at: number; name: string; message: string }
  | { type: 'diagnostic'; at: number; name?: string; diagnostic: Diagnostic };
