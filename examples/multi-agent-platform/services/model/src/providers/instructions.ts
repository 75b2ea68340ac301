import type { Action, Finding, Memory, ToolDescription } from '@platform/service/contracts.ts';

/** What a hosted model is told before it decides. */
export const decisionInstructions = (memories: readonly Memory[]): string =>
  [
    `You are the agent of a platform that carries out tasks with tools. Today is ${new Date().toISOString().slice(0, 10)}.`,
    'Call every tool the task needs; never calculate, count or convert yourself. When the results are all there, or no tool is needed, call none.',
    ...(memories.length > 0
      ? [`What this user told you before:\n${memories.map((memory) => `- ${memory.text}`).join('\n')}`]
      : []),
  ].join('\n');

/** What a hosted model is told before it words the answer. */
export const answerInstructions =
  'Word the answer to the task from the results alone, in a few plain sentences without markup. Say which part failed where one did.';

/** The task with what was found, as the last message of an answer or of a further round. */
export const taskWithFindings = (task: string, findings: readonly Finding[]): string =>
  findings.length === 0
    ? task
    : `${task}\n\nResults so far:\n${findings
        .map(({ action, output, error }) => JSON.stringify({ action, output, error }))
        .join('\n')
        .slice(0, 20_000)}`;

const object = (properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties),
});

// What the platform can do beside the tools of the tool service.
const own: ToolDescription[] = [
  {
    name: 'summarise',
    description: 'Makes a summary of a text.',
    parameters: object({ text: { type: 'string' }, sentences: { type: 'integer', minimum: 1, maximum: 20 } }),
  },
  {
    name: 'run_program',
    description: 'Runs synchronous JavaScript in a sandbox; the value of its last expression is the result.',
    parameters: object({ source: { type: 'string' } }),
  },
  { name: 'remember', description: 'Keeps a fact for later.', parameters: object({ text: { type: 'string' } }) },
  { name: 'recall', description: 'Looks up what was kept.', parameters: object({ query: { type: 'string' } }) },
];

// "remember" and "recall" write and search notes by themselves.
const hidden = new Set(['notes_write', 'notes_search']);

/** Everything that a hosted model may call. */
export const offered = (tools: readonly ToolDescription[]): ToolDescription[] => [
  ...tools.filter((tool) => !hidden.has(tool.name)),
  ...own,
];

/** A hosted model's call as an action of the platform. */
export function actionOf(name: string, given: Record<string, unknown>): Action {
  const reason = 'chosen by the model';
  const text = (key: string) => String(given[key] ?? '');
  if (name === 'summarise')
    return { kind: 'summarise', text: text('text'), sentences: Number(given['sentences'] ?? 2), reason };
  if (name === 'run_program') return { kind: 'program', source: text('source'), reason };
  if (name === 'remember') return { kind: 'remember', text: text('text'), reason };
  if (name === 'recall') return { kind: 'recall', query: text('query'), reason };
  return { kind: 'tool', tool: name, arguments: given, reason };
}
