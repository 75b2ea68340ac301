import { useCallback, useEffect, useRef, useState } from 'react';
import type { Span, Task, TaskSummary } from './task.ts';

/** The tasks of this session, the one that is shown, and what the page can do with them. */
export interface Tasks {
  current: Task | undefined;
  history: TaskSummary[];
  busy: boolean;
  problem: string | undefined;
  submit(prompt: string): Promise<void>;
  show(id: string): void;
}

const mostAttempts = 15;
const retryMs = 1_000;

const finished = (task: Task | undefined) => task?.state === 'completed' || task?.state === 'failed';

function withSpan(task: Task, span: Span): Task {
  const known = task.spans.findIndex(({ spanId }) => spanId === span.spanId);
  // A span that is stored is newer than one that was announced, whichever arrives last.
  if (known >= 0 && task.spans[known]?.state !== 'active') return task;
  const spans = known < 0 ? [...task.spans, span] : task.spans.with(known, span);
  return { ...task, state: task.state === 'queued' ? 'running' : task.state, spans };
}

/** Hands in tasks and follows them by server-sent events. */
export function useTasks(): Tasks {
  const [current, setCurrent] = useState<Task>();
  const [history, setHistory] = useState<TaskSummary[]>([]);
  const [problem, setProblem] = useState<string>();
  const [handingIn, setHandingIn] = useState(false);
  const stream = useRef<EventSource>(undefined);
  const retry = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = useCallback(async () => {
    const response = await fetch('/api/tasks');
    if (!response.ok) throw new Error(((await response.json()) as { message: string }).message);
    setHistory(((await response.json()) as { tasks: TaskSummary[] }).tasks);
  }, []);

  const follow = useCallback(
    (id: string, attempt = 0) => {
      stream.current?.close();
      clearTimeout(retry.current);
      const events = new EventSource(`/api/tasks/${id}/events`);
      stream.current = events;
      events.addEventListener('snapshot', (event) => {
        setProblem(undefined);
        attempt = 0;
        setCurrent(JSON.parse(event.data) as Task);
      });
      events.addEventListener('span', (event) => {
        const span = JSON.parse(event.data) as Span;
        setCurrent((task) => (task?.id === id ? withSpan(task, span) : task));
      });
      events.addEventListener('end', () => {
        events.close();
        refresh().catch(() => undefined);
      });
      events.addEventListener('error', () => {
        // The browser takes up a broken stream by itself; one that was answered by an error it gives up.
        if (events.readyState !== EventSource.CLOSED) return;
        setProblem(attempt < mostAttempts ? 'The connection was lost; trying again …' : 'The connection was lost.');
        if (attempt < mostAttempts) retry.current = setTimeout(follow, retryMs, id, attempt + 1);
      });
    },
    [refresh],
  );

  useEffect(() => {
    refresh().catch((error: Error) => setProblem(error.message));
    return () => {
      stream.current?.close();
      clearTimeout(retry.current);
    };
  }, [refresh]);

  const submit = async (prompt: string) => {
    setProblem(undefined);
    setHandingIn(true);
    try {
      const response = await fetch('/api/tasks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ prompt }),
      });
      const body = (await response.json()) as { id: string; message?: string };
      if (!response.ok) throw new Error(body.message ?? `the task was not taken: ${response.status}`);
      setCurrent({
        id: body.id,
        prompt,
        state: 'queued',
        createdAt: new Date().toISOString(),
        error: null,
        spans: [],
        result: null,
      });
      follow(body.id);
      await refresh();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setHandingIn(false);
    }
  };

  return {
    current,
    history,
    busy: handingIn || (current !== undefined && !finished(current)),
    problem,
    submit,
    show: (id) => follow(id),
  };
}
