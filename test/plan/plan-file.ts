import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { loadModel } from '../../src/model/load.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planSystem } from '../../src/plan/plan-system.ts';
import { inOrder } from '../../src/plan/report.ts';

/** Loads and plans a model. `text` is what a user would read of its diagnostics; empty when there are none. */
export async function planFile(
  folder: string,
  file: string,
  environment?: string,
): Promise<{ plan?: Plan; text: string }> {
  const loaded = await loadModel({ folder, file, environment });
  const planned = loaded.value ? planSystem(loaded.value) : { diagnostics: [] };
  const diagnostics = inOrder([...loaded.diagnostics, ...planned.diagnostics]);
  const text = formatDiagnostics(diagnostics, loaded.value?.sources ?? new Map(), { color: false });
  return { plan: hasErrors(diagnostics) ? undefined : planned.value, text };
}
