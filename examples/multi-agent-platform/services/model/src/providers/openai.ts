import OpenAI from 'openai';
import type { Provider } from '../provider.ts';
import { actionOf, answerInstructions, decisionInstructions, offered, taskWithFindings } from './instructions.ts';

/**
 * OpenAI's chat completions.
 * @param model the model's name
 * @param baseURL where the API is, for a gateway in between or a test; OpenAI's own unless given
 */
export function openaiProvider(apiKey: string, model: string, baseURL?: string): Provider {
  const client = new OpenAI({ apiKey, baseURL, timeout: 60_000, maxRetries: 1 });
  const write = async (instructions: string, content: string): Promise<string> => {
    const { choices } = await client.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content },
      ],
    });
    return choices[0]?.message.content?.trim() ?? '';
  };
  return {
    identity: { provider: 'openai', model },
    async decide({ task, tools, memories, findings }) {
      const { choices } = await client.chat.completions.create({
        model,
        messages: [
          { role: 'system', content: decisionInstructions(memories) },
          { role: 'user', content: taskWithFindings(task, findings) },
        ],
        tools: offered(tools).map((tool) => ({ type: 'function', function: tool })),
      });
      const calls = choices[0]?.message.tool_calls ?? [];
      const actions = calls.flatMap((call) =>
        call.type === 'function'
          ? [actionOf(call.function.name, JSON.parse(call.function.arguments) as Record<string, unknown>)]
          : [],
      );
      if (actions.length > 0 || findings.length > 0) return { actions, done: actions.length === 0 };
      return { actions: [{ kind: 'converse', prompt: task, reason: 'the model wants no tool for it' }], done: true };
    },
    summarise: async (text, sentences) => [
      await write(`Summarise the text in ${sentences} sentences, without markup.`, text),
    ],
    converse: (prompt, memories) => write(decisionInstructions(memories), prompt),
    answer: (task, findings) => write(answerInstructions, taskWithFindings(task, findings)),
  };
}
