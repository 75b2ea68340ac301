import { resolve } from 'node:path';
import { writeAtomically } from '../host/files.ts';
import { graphMermaid } from '../plan/graph/mermaid.ts';
import { graphSvg } from '../plan/graph/svg.ts';
import { graphText } from '../plan/graph/text.ts';
import { loadPlan } from './load-plan.ts';
import type { ModelPlace } from './locate.ts';

const drawings = { text: graphText, mermaid: graphMermaid, svg: graphSvg };

/**
 * Who talks to whom, as text in one of three languages.
 * @param options.output a file to write to as well, relative to the current folder
 */
export async function drawGraph(
  options: ModelPlace & { format: keyof typeof drawings; output?: string },
): Promise<string> {
  const { plan } = await loadPlan(options);
  const drawn = drawings[options.format](plan);
  const ended = drawn.endsWith('\n') ? drawn : `${drawn}\n`;
  if (options.output !== undefined) await writeAtomically(resolve(options.output), ended);
  return ended;
}
