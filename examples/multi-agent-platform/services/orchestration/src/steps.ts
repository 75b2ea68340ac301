import { call } from '@platform/service/call.ts';
import type { Finding, Memory, ModelIdentity, TaskResult } from '@platform/service/contracts.ts';
import type { ActiveSpan } from '@platform/service/spans.ts';
import type { Run } from './runs.ts';

/** Base addresses of the services that a run goes through. */
export interface Addresses {
  agent: string;
  tool: string;
  model: string;
  vector: string;
  execution: string;
}

interface Execution {
  outcome: 'value' | 'error';
  value?: unknown;
  error?: string;
  durationMs: number;
}

/**
 * Carries one task through the services, in order: recall what is known, let the agent decide and
 * act, compare what the agent says with the tool service's own record, check every finding in the
 * sandbox, word the answer, remember it.
 * @throws CallError when a service that the task cannot do without fails
 */
export async function performRun(run: Run, addresses: Addresses, span: ActiveSpan): Promise<TaskResult> {
  const { taskId, owner, prompt } = run;

  const recalled = await call<{ memories: Memory[]; embedding: string }>(
    'vector',
    addresses.vector,
    '/v1/memories/search',
    {
      body: { owner, text: prompt, limit: 6 },
      span,
    },
  );

  const decision = await call<{ findings: Finding[]; identity: ModelIdentity }>(
    'agent',
    addresses.agent,
    '/v1/decisions',
    {
      body: { task: prompt, owner, memories: recalled.memories },
      span,
      timeoutMs: 120_000,
    },
  );

  const recorded = await call<{ invocations: { id: string; output: unknown }[] }>(
    'tool',
    addresses.tool,
    `/v1/invocations?task=${taskId}`,
    { span },
  );
  const record = new Map(recorded.invocations.map((invocation) => [invocation.id, invocation.output]));

  const findings: Finding[] = [];
  for (const finding of decision.findings) {
    const claimed = finding.invocation !== undefined && finding.error === undefined;
    if (claimed && !record.has(finding.invocation ?? '')) {
      findings.push({ ...finding, output: undefined, error: 'the tool service has no record of this call' });
    } else {
      findings.push(await checkFinding(finding, addresses.execution, span));
    }
  }

  const answered = await call<{ text: string; identity: ModelIdentity }>('model', addresses.model, '/v1/answer', {
    body: { task: prompt, findings, memories: recalled.memories },
    span,
    timeoutMs: 120_000,
  });

  // A fact that the user asked to keep is stored as it stands; the task and its answer as what happened.
  const facts = findings.flatMap(({ action, error }) => (action.kind === 'remember' && !error ? [action.text] : []));
  const asked = findings.some(({ action }) => action.kind === 'recall');
  const texts = [
    ...facts.map((text) => ({ text, kind: 'fact' })),
    ...(facts.length > 0 || asked
      ? []
      : [{ text: `${prompt.slice(0, 500)} → ${answered.text.slice(0, 500)}`, kind: 'task' }]),
  ];
  if (texts.length > 0) await call('vector', addresses.vector, '/v1/memories', { body: { owner, texts }, span });

  const passed = findings.filter((finding) => finding.check?.passed).length;
  span.detail(
    `${count(findings.length, 'finding')}, ${passed} confirmed in the sandbox, ${count(texts.length, 'memory')} kept`,
  );
  return {
    answer: answered.text,
    identity: answered.identity,
    embedding: recalled.embedding,
    findings,
    memories: recalled.memories,
  };
}

/** Runs a finding's program. A program may also replace the output, as one that ranks what was found does. */
async function checkFinding(finding: Finding, execution: string, span: ActiveSpan): Promise<Finding> {
  if (!finding.program || finding.error) return finding;
  const run = await call<Execution>('execution', execution, '/v1/executions', { body: finding.program, span });
  const { durationMs } = run;
  if (run.outcome === 'error') {
    const error = run.error ?? 'the program failed';
    if (finding.action.kind === 'program') return { ...finding, error };
    return { ...finding, check: { passed: false, detail: error, durationMs } };
  }
  if (finding.action.kind === 'program') {
    return {
      ...finding,
      output: run.value,
      check: { passed: true, detail: 'ran to its end within its limits', durationMs },
    };
  }
  const verdict = run.value as { passed: boolean; detail: string; output?: unknown };
  return {
    ...finding,
    output: verdict.output ?? finding.output,
    check: { passed: verdict.passed, detail: verdict.detail, durationMs },
  };
}

function count(number: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${number} ${number === 1 ? noun : plural}`;
}
