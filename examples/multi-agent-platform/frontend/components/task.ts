// The shapes that the gateway sends. They are written out here because the page is built apart from
// the services: a shared file would tie their images together.

/** One service's part in a task; times in milliseconds. */
export interface Span {
  spanId: string;
  parentId: string | null;
  service: string;
  action: string;
  startedAt: number;
  durationMs: number | null;
  state: 'active' | 'done' | 'failed';
  detail: string | null;
}

export interface Finding {
  action: { kind: string; reason: string; tool?: string; arguments?: Record<string, unknown>; [key: string]: unknown };
  output?: unknown;
  error?: string;
  check?: { passed: boolean; detail: string; durationMs: number };
}

export interface TaskSummary {
  id: string;
  prompt: string;
  state: 'queued' | 'running' | 'completed' | 'failed';
  createdAt: string;
}

export interface Task extends TaskSummary {
  error: string | null;
  spans: Span[];
  result: {
    answer: string;
    identity: { provider: string; model: string; note?: string };
    embedding: string;
    findings: Finding[];
  } | null;
}

/** The services in the order in which a task usually reaches them, and what each is for. */
export const stations = [
  { service: 'frontend', name: 'Frontend', purpose: 'takes the task' },
  { service: 'gateway', name: 'Gateway', purpose: 'checks and stores' },
  { service: 'orchestration', name: 'Orchestration', purpose: 'runs the steps' },
  { service: 'vector', name: 'Vector', purpose: 'recalls' },
  { service: 'agent', name: 'Agent', purpose: 'decides' },
  { service: 'model', name: 'Model', purpose: 'thinks and words' },
  { service: 'tool', name: 'Tool', purpose: 'does' },
  { service: 'execution', name: 'Execution', purpose: 'checks' },
] as const;

/** A duration for people: 0.8 ms, 12 ms, 1.25 s. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return milliseconds >= 10 ? `${Math.round(milliseconds)} ms` : `${milliseconds.toFixed(1)} ms`;
}
