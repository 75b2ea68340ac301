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
    cure:
      steps.length === 1
        ? `take ${first.to} out of its own waits`
        : `say which one starts without the other being ready, for example in ${last.from}: waits: {${last.to}: none}`,
    related: steps.slice(steps.length === 1 ? 1 : 0).map((step) => ({
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
export const ownedNameTaken = (
  key: string,
  owner: string,
  alias: string,
  at?: Position,
  other?: Position,
): Diagnostic => ({
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

/**
 * Something needs a port of a service that has none, for example a health check merged in from `defaults`.
 * @param otherwise what else can be done about it
 */
export const portNeeded = (service: string, use: string, otherwise: string, at?: Position): Diagnostic => ({
  code: 'plan/port-needed',
  severity: 'error',
  message: `the service ${service} has no port, which ${use} needs`,
  at,
  cure: `give the service a port, or ${otherwise}`,
});

/** A port written by name or number that the service does not have. */
export const unknownPortOf = (
  service: string,
  port: string,
  ports: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'plan/unknown-port',
  severity: 'error',
  message: `the service ${service} has no port "${port}"`,
  at,
  nearest,
  cure: ports.length > 0 ? `its ports are: ${ports.join(', ')}` : 'it has no ports: give it one under port or ports',
});

/** A namespace that Kubernetes would refuse, once the template is filled in. */
export const badNamespace = (namespace: string, at?: Position): Diagnostic => ({
  code: 'plan/bad-namespace',
  severity: 'error',
  message: `"${namespace}" cannot be the name of a namespace`,
  at,
  cure: 'use at most 63 small letters, digits and -, with a letter or digit at both ends (RFC 1123)',
});

/** A route to a service that is not there. */
export const unknownService = (
  name: string,
  services: readonly string[],
  nearest: string | undefined,
  at?: Position,
): Diagnostic => ({
  code: 'plan/unknown-service',
  severity: 'error',
  message: `there is no service "${name}"`,
  at,
  nearest,
  cure: `the services are: ${services.join(', ')}`,
});
