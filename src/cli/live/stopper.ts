import { type Diagnostic, Failure } from '../../diagnostics/diagnostic.ts';
import type { ViewedSystem } from './viewed-system.ts';

/**
 * What ctrl-C, `q` and signals do: a system in the background is left alone; ours is stopped, and when it is asked for a
 * second time, at once.
 * @returns `left` resolves when the view is to end although the system goes on
 */
export function stopper(
  system: ViewedSystem,
  complain: (diagnostics: Diagnostic[]) => void,
): { stop(): void; left: Promise<void> } {
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let asked = 0;
  function stop(): void {
    if (system.attached) {
      leave();
      return;
    }
    asked += 1;
    system.stop({ now: asked > 1 }).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      complain(error.diagnostics);
    });
  }
  return { stop, left };
}
