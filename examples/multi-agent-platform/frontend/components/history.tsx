import type { TaskSummary } from './task.ts';

/** The tasks of this session, the newest first. */
export function History({
  tasks,
  current,
  onShow,
}: {
  tasks: TaskSummary[];
  current: string | undefined;
  onShow: (id: string) => void;
}) {
  return (
    <nav className="history" aria-label="History">
      <h2>History</h2>
      {tasks.length === 0 && <p>Your tasks of this session are kept here.</p>}
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            <button
              type="button"
              data-state={task.state}
              aria-current={task.id === current}
              onClick={() => onShow(task.id)}
            >
              <span>{task.prompt}</span>
              <small>
                {task.state} · <time dateTime={task.createdAt}>{new Date(task.createdAt).toLocaleTimeString()}</time>
              </small>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
