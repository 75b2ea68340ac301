import type { Finding, Task } from './task.ts';

function titleOf({ action }: Finding): string {
  return action.kind === 'tool' ? (action.tool ?? 'tool').replaceAll('_', ' ') : action.kind;
}

function outputOf({ output, error }: Finding): string {
  if (error) return error;
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}

/** The answer, who worded it, and what it rests on. */
export function Result({ task }: { task: Task }) {
  if (task.state === 'failed') {
    return (
      <section className="card result failed" aria-label="Result">
        <h2>This task failed</h2>
        <p className="asked">{task.prompt}</p>
        <p className="answer" data-testid="answer">
          {task.error}
        </p>
      </section>
    );
  }
  if (!task.result) {
    return (
      <section className="card result" aria-label="Result" aria-busy="true">
        <p className="answer pending">Working …</p>
      </section>
    );
  }
  const { answer, identity, embedding, findings } = task.result;
  return (
    <section className="card result" aria-label="Result">
      <p className="asked">{task.prompt}</p>
      <p className="answer" data-testid="answer">
        {answer}
      </p>
      <ul className="findings" aria-label="Findings">
        {findings.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored result never changes its order
          <li key={index}>
            <div className="finding-head">
              <strong>{titleOf(finding)}</strong>
              <span>{finding.action.reason}</span>
            </div>
            <code className={finding.error ? 'bad' : undefined}>{outputOf(finding)}</code>
            {finding.check && (
              <p className={finding.check.passed ? 'check' : 'check bad'}>
                <span aria-hidden="true">{finding.check.passed ? '✓' : '✗'}</span>{' '}
                {finding.check.passed ? 'Confirmed' : 'Not confirmed'} in the sandbox: {finding.check.detail}
              </p>
            )}
          </li>
        ))}
      </ul>
      <dl className="identity">
        <div>
          <dt>Provider</dt>
          <dd data-testid="provider">{identity.provider}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd data-testid="model">{identity.model}</dd>
        </div>
        <div>
          <dt>Embedding</dt>
          <dd>{embedding}</dd>
        </div>
        {identity.note && (
          <div>
            <dt>Note</dt>
            <dd>{identity.note}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
