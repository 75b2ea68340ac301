import type { Diagnostic, Position } from '../diagnostic.ts';

/** Errors that show only once the parts of a model are joined. */

/** One step of a circle of services that wait for each other. */
export interface CycleStep {
  from: string;
  to: string;
  /** What makes `from` wait: `AGENT_URL`, or `waits`. */
  because: string;
  at?: Position;
}

/**
 * Services that wait for each other, so that none can be the first to start.
 * @param steps the whole circle, in order; the last leads back to the first
 */
export const startCycle = (steps: readonly CycleStep[]): Diagnostic => {
  const first = steps[0] as CycleStep;
  const last = steps[steps.length - 1] as CycleStep;
  const path = [...steps.map((step) => step.from), first.from].join(' → ');
  return {
    code: 'plan/start-cycle',
    severity: 'error',
    message:
      steps.length === 1
        ? `${first.from} waits for itself, so it can never start`
        : `${path}: each waits for the next, so none of them can start`,
    at: first.at,
    cure: `say which one starts without the other being ready, for example in ${last.from}: waits: {${last.to}: none}`,
    related: steps.map((step) => ({
      message: `${step.from} waits for ${step.to} because of ${step.because}`,
      at: step.at,
    })),
  };
};

/** A name under `waits` that nothing here has. */
export const unknownWait = (
  name: string,
  names: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'plan/unknown-wait',
  severity: 'error',
  message: `there is nothing called "${name}" to wait for`,
  at,
  nearest,
  cure: `what can be waited for: ${names.join(', ')}`,
});

/** A backing service that a service owns would get a name that something else has. */
export const ownedNameTaken = (key: string, owner: string, alias: string, at?: Position, other?: Position): Diagnostic => ({
  code: 'plan/owned-name-taken',
  severity: 'error',
  message: `"${alias}", which ${owner} owns, is called "${key}" for the outside, and that name is taken`,
  at,
  cure: 'give one of them another name',
  related: [{ message: `"${key}" is declared here`, at: other }],
});


/** A namespace template with a word that it cannot fill. */
export const unknownPlaceholder = (
  placeholder: string,
  valid: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'plan/unknown-placeholder',
  severity: 'error',
  message: `"{${placeholder}}" means nothing here`,
  at,
  nearest,
  cure: `what is filled in: ${valid.map((name) => `{${name}}`).join(', ')}`,
});
