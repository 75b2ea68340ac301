import type { RuntimeEvent } from '../../runtimes/local/event.ts';
import type { SystemStatus } from '../../runtimes/local/status.ts';

/** A running system as a view needs it, whether it is supervised here or in the background. */
export interface ViewedSystem {
  status(): Promise<SystemStatus>;
  restart(names: readonly string[]): Promise<void>;
  stop(options?: { now?: boolean }): Promise<void>;
  /** Resolves when the system is gone. */
  done: Promise<void>;
  /** True when the system goes on after the view has ended. */
  attached: boolean;
  /** Absolute folder of the model. */
  root: string;
}

/** Events may come before the view is there to take them: they wait. */
export interface EventQueue {
  push(event: RuntimeEvent): void;
  /** All so far, then each as it comes. */
  drainTo(take: (event: RuntimeEvent) => void): void;
}

/** An empty queue. */
export function eventQueue(): EventQueue {
  const waiting: RuntimeEvent[] = [];
  let taker: ((event: RuntimeEvent) => void) | undefined;
  return {
    push(event) {
      if (taker) taker(event);
      else waiting.push(event);
    },
    drainTo(take) {
      for (const event of waiting.splice(0)) take(event);
      taker = take;
    },
  };
}
