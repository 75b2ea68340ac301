import type { Action, Finding, Memory, ModelIdentity, ToolDescription } from '@platform/service/contracts.ts';

/** What a decision is made from. `findings` is what earlier rounds brought. */
export interface DecisionRequest {
  task: string;
  tools: ToolDescription[];
  memories: Memory[];
  findings: Finding[];
}

/** Something that can decide, summarise, write and answer: a hosted model, or the one that ships here. */
export interface Provider {
  identity: ModelIdentity;
  /** What to do next; `done` when nothing is left after these actions. */
  decide(request: DecisionRequest): Promise<{ actions: Action[]; done: boolean }>;
  /** The text in so many sentences; `index` is where a sentence stood, for one taken from the text itself. */
  summarise(text: string, sentences: number): Promise<string[]>;
  converse(prompt: string, memories: Memory[]): Promise<string>;
  answer(task: string, findings: Finding[], memories: Memory[]): Promise<string>;
}
