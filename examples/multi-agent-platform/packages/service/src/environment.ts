/** What a service reads from its environment: the name of a variable and whether it must be there. */
export interface Variable {
  /** The service does not start without it. */
  required?: boolean;
  /** Used when the variable is absent or empty. */
  default?: string;
  /** Fewest characters accepted; a shorter value is refused, and never printed. */
  minLength?: number;
}

/** The values read for a set of variables: always a string where one is required or has a default. */
export type Values<Spec extends Record<string, Variable>> = {
  [Name in keyof Spec]: Spec[Name] extends { required: true } | { default: string } ? string : string | undefined;
};

/** Thrown when the environment does not hold what a service needs; lists every fault at once. */
export class EnvironmentError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The environment is not complete:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'EnvironmentError';
    this.faults = faults;
  }
}

/**
 * Reads and checks the variables of a service.
 * @param spec the variables by name
 * @param source where to read them, `process.env` unless told
 * @throws EnvironmentError naming every missing or short variable; values are never part of the message
 */
export function readEnvironment<const Spec extends Record<string, Variable>>(
  spec: Spec,
  source: NodeJS.ProcessEnv = process.env,
): Values<Spec> {
  const faults: string[] = [];
  const values: Record<string, string | undefined> = {};
  for (const [name, variable] of Object.entries(spec)) {
    const value = source[name] || variable.default;
    if (value === undefined && variable.required) faults.push(`${name} is not set`);
    if (value !== undefined && variable.minLength !== undefined && value.length < variable.minLength) {
      faults.push(`${name} has ${value.length} characters; at least ${variable.minLength} are needed`);
    }
    values[name] = value;
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  return values as Values<Spec>;
}
