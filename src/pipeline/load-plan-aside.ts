import { type Diagnostic, Failure } from '../diagnostics/diagnostic.ts';
import { run } from '../host/run.ts';
import type { PlannedSystem } from './load-plan.ts';
import type { ModelPlace } from './locate.ts';

/** What the hidden command `plan-aside` prints: one JSON object. */
export type AsideAnswer = { planned: PlannedSystem } | { failed: Diagnostic[] };

/**
 * Model -> plan, in a process of its own that is gone afterwards. A supervisor lives for days and must stay small, and
 * a gantry.config.ts that was imported once could not be read again in the same process.
 * @throws Failure with every error of the model
 */
export async function loadPlanAside(place: ModelPlace, signal?: AbortSignal): Promise<PlannedSystem> {
  const { code, stdout, stderr } = await run([...thisProgram(place), 'plan-aside'], { signal, cwd: place.folder });
  if (code !== 0) throw new Error(`reading the model ended with exit code ${code}: ${stderr}`);
  const answer = JSON.parse(stdout) as AsideAnswer;
  if ('failed' in answer) throw new Failure(answer.failed);
  return answer.planned;
}

/** The words that call this program again for the same model. */
export function thisProgram({ folder, upwards, file, environment }: ModelPlace): string[] {
  return [
    process.execPath,
    ...process.execArgv,
    process.argv[1] ?? '',
    ...(upwards ? [] : ['--dir', folder]),
    ...(file === undefined ? [] : ['--file', file]),
    ...(environment === undefined ? [] : ['--environment', environment]),
  ];
}
