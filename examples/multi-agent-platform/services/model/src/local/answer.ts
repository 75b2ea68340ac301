import type { Finding, Memory } from '@platform/service/contracts.ts';

/** Words an answer from what was found: a sentence for each finding, and what went wrong where something did. */
export function wordAnswer(findings: readonly Finding[], memories: readonly Memory[]): string {
  const sentences = findings.map((finding) => (finding.error ? wordError(finding) : wordFinding(finding)));
  const related = memories.find((memory) => memory.kind === 'task' && memory.score >= 0.75);
  if (related && findings.some((finding) => finding.action.kind === 'tool' && !finding.error)) {
    sentences.push(`You asked something alike before: “${shorten(related.text.split(' → ')[0] ?? '', 90)}”.`);
  }
  return sentences.join(sentences.some((sentence) => sentence.includes('\n')) ? '\n\n' : ' ');
}

function wordError({ action, error }: Finding): string {
  const what =
    action.kind === 'tool'
      ? `The tool ${action.tool}`
      : action.kind === 'program'
        ? 'The program'
        : `The step “${action.kind}”`;
  return `${what} did not succeed: ${error}.`;
}

function wordFinding({ action, output }: Finding): string {
  switch (action.kind) {
    case 'tool':
      return wordTool(action.tool, output as Record<string, never>);
    case 'summarise':
      return (output as { sentences: string[] }).sentences.join(' ');
    case 'program':
      return `The program gives ${JSON.stringify(output)}.`;
    case 'remember':
      return `Noted: “${shorten(action.text, 200)}”.`;
    case 'recall': {
      const known = (output as { texts: string[] }).texts;
      if (known.length === 0)
        return action.query
          ? `Nothing was kept about “${shorten(action.query, 80)}” in this session.`
          : 'Nothing was kept in this session yet.';
      return known.length === 1
        ? `You told me: “${known[0]}”.`
        : `You told me:\n${known.map((text) => `• ${text}`).join('\n')}`;
    }
    case 'converse':
      return (output as { text: string }).text;
  }
}

function wordTool(tool: string, output: Record<string, never>): string {
  const given = output as Record<string, unknown>;
  switch (tool) {
    case 'calculator':
      return `${given['expression']} = ${number(given['value'])}.`;
    case 'date_difference': {
      const days = Number(given['days']);
      const today = new Date().toISOString().slice(0, 10);
      const span = `${number(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
      if (given['from'] === today)
        return days < 0
          ? `${given['to']} was ${span} ago.`
          : `It is ${span} until ${given['to']}, a ${given['weekday']}.`;
      if (given['to'] === today) return `${given['from']} was ${span} ago.`;
      return `From ${given['from']} to ${given['to']} it is ${number(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}.`;
    }
    case 'date_addition':
      if (given['amount'] === 0) return `${given['date']} is a ${given['weekday']}.`;
      return `${number(Math.abs(Number(given['amount'])))} ${given['unit']} ${Number(given['amount']) < 0 ? 'before' : 'after'} ${given['from']} is ${given['date']}, a ${given['weekday']}.`;
    case 'unit_conversion':
      return `${number(given['value'])} ${given['from']} = ${number(given['result'])} ${given['to']}.`;
    case 'text_statistics': {
      const frequent = (given['frequentWords'] as { word: string; count: number }[]).map(
        ({ word, count }) => `${word} (${count})`,
      );
      return `The text has ${number(given['words'])} words in ${number(given['sentences'])} sentences and takes about ${number(given['readingSeconds'])} seconds to read; most frequent: ${frequent.join(', ')}.`;
    }
    default:
      return `${tool}: ${JSON.stringify(output)}.`;
  }
}

function number(value: unknown): string {
  return Number(value).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
