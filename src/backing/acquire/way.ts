import { noProgram } from '../../diagnostics/catalogue/backing.ts';
import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import type { BackingService } from '../../plan/plan.ts';
import type { AcquiredProgram } from '../backing.ts';

/** One way to come by a program. */
export interface Way {
  /** In words for the user: `PATH`, `npm`, `container engine`. */
  name: string;
  /** @throws Unavailable when this way is closed on this machine; Failure when looking further would be wrong. */
  find(): Promise<AcquiredProgram>;
}

/** Why a way is closed: the program is not there, too old, or could not be fetched. */
export class Unavailable extends Error {}

/**
 * Tries the ways in turn. When all are closed, the diagnostic says why each of them was.
 * @param wanted in words: `PostgreSQL 15`
 * @param program what could be put on PATH, in words: `postgres 15`
 */
export async function firstOf(
  service: BackingService,
  wanted: string,
  program: string,
  ways: readonly Way[],
): Promise<AcquiredProgram | Diagnostic[]> {
  const reasons: { way: string; reason: string }[] = [];
  for (const way of ways) {
    try {
      return await way.find();
    } catch (error) {
      if (error instanceof Failure) return error.diagnostics;
      if (!(error instanceof Unavailable)) throw error;
      reasons.push({ way: way.name, reason: error.message });
    }
  }
  return [noProgram(service.name, wanted, program, reasons)];
}
