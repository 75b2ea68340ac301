import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoadedModel } from '../model/loaded.ts';

/** What cannot be told of a model with mistakes; empty for one without. */
export type Unsure = NonNullable<LoadedModel['unsure']>;

export const nothingUnsure: Unsure = { names: new Set(), attributes: new Set(), members: [] };

/** Faults that what was left out of the model could mend: a port that is there after all, a wait that breaks a circle. */
const mendable: ReadonlySet<string> = new Set(['plan/start-cycle', 'plan/port-needed', 'plan/unknown-port']);

/** Passes on what is certain of a model with mistakes. */
export const reportCertain =
  (report: (diagnostic: Diagnostic) => void) =>
  (diagnostic: Diagnostic): void => {
    if (!mendable.has(diagnostic.code)) report(diagnostic);
  };

/** Keys under which services and backing services are declared: with one gone, any name may have been there. */
const areas = ['services', 'backing', 'owns'];

/** Whether a service or backing service of this name may have been left out. */
export const mayBeDeclared = (name: string, { names }: Unsure): boolean =>
  names.has(name) || areas.some((area) => names.has(area));

/** Whether a reference may be right, for all that is known: what it names, or what it asks of it, may have been left out. */
export function mayBeRight(segments: readonly string[], unsure: Unsure, service: string | undefined): boolean {
  const [first = '', second = ''] = segments;
  if (mayBeDeclared(first, unsure) || unsure.names.has(second)) return true;
  const asked = first === 'service' ? service : first;
  return asked !== undefined && unsure.attributes.has(asked);
}
