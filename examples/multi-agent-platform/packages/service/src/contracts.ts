/** The shapes that cross the wire between the services. */

/** Who wrote a text or took a decision. `local` is the small model that ships with the model service. */
export interface ModelIdentity {
  provider: 'openai' | 'anthropic' | 'local';
  model: string;
  /** Why this provider answered, where it was not the one asked for. */
  note?: string;
}

/** A text kept in the vector store, as found by a search; `score` is the cosine similarity. */
export interface Memory {
  id: string;
  text: string;
  kind: 'fact' | 'task';
  score: number;
  createdAt: string;
}

/** A tool as it describes itself; `parameters` is a JSON Schema of its arguments. */
export interface ToolDescription {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
}

/** One thing the model decided to do for a task. `reason` says why, in words. */
export type Action = { reason: string } & (
  | { kind: 'tool'; tool: string; arguments: Record<string, unknown> }
  | { kind: 'summarise'; text: string; sentences: number }
  | { kind: 'program'; source: string }
  | { kind: 'remember'; text: string }
  | { kind: 'recall'; query: string }
  | { kind: 'converse'; prompt: string }
);

/** A program for the execution service: JavaScript whose last expression is the value; `inputs` is JSON. */
export interface Program {
  source: string;
  inputs: unknown;
}

/** What the sandbox said of an action's output. */
export interface Check {
  passed: boolean;
  detail: string;
  durationMs: number;
}

/** An action and what came of it. Either `output` or `error` is present. */
export interface Finding {
  action: Action;
  output?: unknown;
  error?: string;
  /** The tool service's own record of the call, where a tool was used. */
  invocation?: string;
  program?: Program;
  check?: Check;
}

/** The result of a task, as stored and shown. */
export interface TaskResult {
  answer: string;
  identity: ModelIdentity;
  embedding: string;
  findings: Finding[];
  memories: Memory[];
}

/** One service's part in a task. Times are milliseconds; `startedAt` counts from the Unix epoch. */
export interface Span {
  traceId: string;
  spanId: string;
  parentId: string | null;
  service: string;
  action: string;
  startedAt: number;
  durationMs: number | null;
  state: 'active' | 'done' | 'failed';
  detail: string | null;
}

/** What is published on `tasks.<id>.events` while a task runs. */
export type TaskEvent =
  | { type: 'span'; span: Span }
  | { type: 'task'; state: TaskState; result?: TaskResult; error?: string };

/** Where a task stands. */
export type TaskState = 'queued' | 'running' | 'completed' | 'failed';

/** The NATS subject of a task's events. */
export const taskSubject = (taskId: string): string => `tasks.${taskId}.events`;
