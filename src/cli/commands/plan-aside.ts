import type { AsideAnswer } from '../../pipeline/load-plan-aside.ts';
import { command } from '../command.ts';

/** `gantry plan-aside`: for a supervisor that must not keep the loader in its memory. */
export const planAside = command({
  name: 'plan-aside',
  hidden: true,
  summary: 'print the plan, or what is wrong with the model, as one JSON object',
  async run({ terminal, ...place }) {
    const { loadPlan } = await import('../../pipeline/load-plan.ts');
    const { Failure } = await import('../../diagnostics/diagnostic.ts');
    const answer = await loadPlan(place).then(
      (planned): AsideAnswer => ({ planned }),
      (error: unknown): AsideAnswer => {
        if (error instanceof Failure) return { failed: error.diagnostics };
        throw error;
      },
    );
    terminal.print(JSON.stringify(answer));
    return 0;
  },
});
