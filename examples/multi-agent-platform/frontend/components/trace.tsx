import { formatDuration, type Span } from './task.ts';

/** How deep a span lies below the first one. */
function depthOf(span: Span, byId: Map<string, Span>): number {
  let depth = 0;
  for (let parent = byId.get(span.parentId ?? ''); parent && depth < 12; parent = byId.get(parent.parentId ?? ''))
    depth++;
  return depth;
}

/** Every hop of a task against time, as the services themselves recorded it. */
export function Trace({ spans }: { spans: Span[] }) {
  if (spans.length === 0) return null;
  const ordered = spans.toSorted((left, right) => left.startedAt - right.startedAt);
  const byId = new Map(ordered.map((span) => [span.spanId, span]));
  const start = Math.min(...ordered.map(({ startedAt }) => startedAt));
  const end = Math.max(...ordered.map(({ startedAt, durationMs }) => startedAt + (durationMs ?? 0)), start + 1);
  const share = (milliseconds: number) => `${(milliseconds / (end - start)) * 100}%`;
  return (
    <section className="card trace" aria-label="Trace">
      <h2>
        Trace <span>{formatDuration(end - start)} from the first hop to the last</span>
      </h2>
      <ol>
        {ordered.map((span) => (
          <li key={span.spanId} data-service={span.service} data-state={span.state}>
            <span className="hop" style={{ paddingInlineStart: `${depthOf(span, byId) * 0.7}rem` }}>
              <b>{span.service}</b> {span.action}
            </span>
            <span className="lane" aria-hidden="true">
              <i
                style={{
                  insetInlineStart: share(span.startedAt - start),
                  inlineSize: share(span.durationMs ?? end - span.startedAt),
                }}
              />
            </span>
            <span className="took">{span.durationMs === null ? '…' : formatDuration(span.durationMs)}</span>
            {span.detail && <span className="detail">{span.detail}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
