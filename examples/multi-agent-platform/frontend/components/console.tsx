'use client';

import { History } from './history.tsx';
import { Rail } from './rail.tsx';
import { Result } from './result.tsx';
import { TaskForm } from './task-form.tsx';
import { Trace } from './trace.tsx';
import { useTasks } from './use-tasks.ts';

/** Everything on the page that changes. */
export function Console() {
  const { current, history, busy, problem, submit, show } = useTasks();
  return (
    <div className="columns">
      <main>
        <TaskForm busy={busy} onSubmit={submit} />
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <section className="card" aria-label="Progress">
          <Rail spans={current?.spans ?? []} finished={!busy} />
          <p className="visually-hidden" role="status">
            {current ? `The task is ${current.state}` : 'No task yet'}
          </p>
        </section>
        {current && <Result task={current} />}
        {current && <Trace spans={current.spans} />}
      </main>
      <History tasks={history} current={current?.id} onShow={show} />
    </div>
  );
}
