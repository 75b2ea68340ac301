import { type CallError, call } from '@platform/service/call.ts';
import type { Action, Finding, Memory, ModelIdentity } from '@platform/service/contracts.ts';
import type { ActiveSpan } from '@platform/service/spans.ts';
import { programFor } from './programs.ts';

/** What an action is carried out with. */
export interface Means {
  toolAddress: string;
  modelAddress: string;
  owner: string;
  memories: Memory[];
  provider: 'openai' | 'anthropic' | undefined;
  span: ActiveSpan;
}

interface Invocation {
  id: string;
  output: unknown;
}

/**
 * Carries out one action. An action that fails because of what was asked (a division by zero, a
 * unit that does not exist) is a finding too, with its error; a service that is away is not.
 * @throws CallError when a service does not answer
 */
export async function act(action: Action, means: Means): Promise<Finding> {
  try {
    const { output, invocation, back } = await perform(action, means);
    return { action, output, invocation, program: programFor(action, output, back) };
  } catch (error) {
    if ((error as Partial<CallError>).statusCode !== 422) throw error;
    const message = (error as Error).message.replace(/^the \w+ service refused: /, '');
    return { action, error: message };
  }
}

async function perform(
  action: Action,
  means: Means,
): Promise<{ output: unknown; invocation?: string; back?: unknown }> {
  const { owner, memories, provider, span } = means;
  const use = (tool: string, given: Record<string, unknown>) =>
    call<Invocation>('tool', means.toolAddress, `/v1/tools/${encodeURIComponent(tool)}/invocations`, {
      body: { owner, arguments: given },
      span,
    });
  const ask = <Answer extends { identity: ModelIdentity }>(path: string, body: Record<string, unknown>) =>
    call<Answer>('model', means.modelAddress, path, { body: { ...body, provider }, span, timeoutMs: 90_000 });

  switch (action.kind) {
    case 'tool': {
      const { id, output } = await use(action.tool, action.arguments);
      if (action.tool !== 'unit_conversion') return { output, invocation: id };
      const { from, to, result } = output as { from: string; to: string; result: number };
      const { output: back } = await use('unit_conversion', { value: result, from: to, to: from });
      return { output, invocation: id, back };
    }
    case 'summarise': {
      const { sentences } = await ask<{ sentences: string[]; identity: ModelIdentity }>('/v1/summarise', {
        text: action.text,
        sentences: action.sentences,
      });
      return { output: { sentences } };
    }
    case 'program':
      return { output: null };
    case 'remember': {
      const { id, output } = await use('notes_write', { text: action.text });
      return { output, invocation: id };
    }
    case 'recall': {
      const { id, output } = await use('notes_search', { query: action.query });
      const facts = memories.filter((memory) => memory.kind === 'fact');
      return { output: { ...(output as object), memories: facts }, invocation: id };
    }
    case 'converse': {
      const { text } = await ask<{ text: string; identity: ModelIdentity }>('/v1/converse', {
        prompt: action.prompt,
        memories,
      });
      return { output: { text } };
    }
  }
}
