import Anthropic from '@anthropic-ai/sdk';
import type { Provider } from '../provider.ts';
import { actionOf, answerInstructions, decisionInstructions, offered, taskWithFindings } from './instructions.ts';

const longestAnswer = 2_000;

/**
 * Anthropic's messages.
 * @param model the model's name
 * @param baseURL where the API is, for a gateway in between or a test; Anthropic's own unless given
 */
export function anthropicProvider(apiKey: string, model: string, baseURL?: string): Provider {
  const client = new Anthropic({ apiKey, baseURL, timeout: 60_000, maxRetries: 1 });
  const write = async (system: string, content: string): Promise<string> => {
    const message = await client.messages.create({
      model,
      max_tokens: longestAnswer,
      system,
      messages: [{ role: 'user', content }],
    });
    return message.content
      .flatMap((block) => (block.type === 'text' ? [block.text] : []))
      .join('')
      .trim();
  };
  return {
    identity: { provider: 'anthropic', model },
    async decide({ task, tools, memories, findings }) {
      const message = await client.messages.create({
        model,
        max_tokens: longestAnswer,
        system: decisionInstructions(memories),
        messages: [{ role: 'user', content: taskWithFindings(task, findings) }],
        tools: offered(tools).map(({ name, description, parameters }) => ({
          name,
          description,
          input_schema: { ...parameters, type: 'object' as const },
        })),
      });
      const actions = message.content.flatMap((block) =>
        block.type === 'tool_use' ? [actionOf(block.name, block.input as Record<string, unknown>)] : [],
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
