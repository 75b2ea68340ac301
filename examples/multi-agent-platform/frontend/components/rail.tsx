import { formatDuration, type Span, stations } from './task.ts';

type StationState = 'idle' | 'active' | 'done' | 'failed';

function stateOf(spans: Span[], finished: boolean): StationState {
  if (spans.length === 0) return 'idle';
  const active = spans.some(({ state }) => state === 'active');
  // A span that never ended belongs to a process that died: another one has finished the task.
  if (active) return finished ? 'failed' : 'active';
  return spans.some(({ state }) => state === 'failed') ? 'failed' : 'done';
}

/** How long a service was at work: its spans' time without the time in which its own spans overlap. */
function timeOf(spans: Span[]): number {
  let total = 0;
  let until = 0;
  for (const { startedAt, durationMs } of spans.toSorted((left, right) => left.startedAt - right.startedAt)) {
    const end = startedAt + (durationMs ?? 0);
    total += Math.max(0, end - Math.max(startedAt, until));
    until = Math.max(until, end);
  }
  return total;
}

const words: Record<StationState, string> = { idle: 'waiting', active: 'at work', done: 'done', failed: 'failed' };

/** The line that a task travels, one station a service: which one is at work, and for how long each was. */
export function Rail({ spans, finished }: { spans: Span[]; finished: boolean }) {
  return (
    <ol className="rail" aria-label="Services">
      {stations.map(({ service, name, purpose }) => {
        const own = spans.filter((span) => span.service === service);
        const state = stateOf(own, finished);
        return (
          <li key={service} data-service={service} data-state={state}>
            <span className="station" aria-hidden="true" />
            <span className="station-name">{name}</span>
            <span className="station-time">
              {state === 'done' || state === 'failed' ? formatDuration(timeOf(own)) : purpose}
            </span>
            <span className="visually-hidden">{words[state]}</span>
          </li>
        );
      })}
    </ol>
  );
}
