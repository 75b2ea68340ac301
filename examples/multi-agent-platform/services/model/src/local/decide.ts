import type { Action } from '@platform/service/contracts.ts';
import { arithmeticIn } from './arguments/arithmetic.ts';
import { dateCallIn } from './arguments/dates.ts';
import { conversionIn } from './arguments/units.ts';
import type { Classifier } from './classifier.ts';
import type { Intent } from './examples.ts';
import { sentencesOf } from './summary.ts';

const leastProbability = 0.04;
// What comes after one of these words in a sentence is a request of its own.
const newRequest =
  /(?:[,;]\s*)?\b(?:and|then|also)\s+(?:also\s+|then\s+)?(?=(?:what|how|when|which|who|convert|calculate|compute|tell|remember|is|count|summari[sz]e|run|\d))|[?;]\s+(?=\S)|[.!]\s+(?=\p{Lu})/iu;

/**
 * Decides what to do for a task: takes the text that a request is about apart from the request, takes
 * the request apart into single ones, says of each what it asks for, and reads the arguments out of it.
 * @param classify the trained classifier
 * @param now what "today" is
 * @returns at least one action
 */
export function decide(task: string, classify: Classifier<Intent>, now: Date): Action[] {
  const text = task.trim();
  const { request, subject } = takeApart(text);
  const [whole] = classify(request);
  // These take everything that follows as it stands: a note may hold any word.
  if (subject !== undefined || whole?.label === 'remember' || whole?.label === 'program') {
    const action = actionFor(request, subject, classify, now);
    if (action) return [action];
  }
  const actions: Action[] = [];
  for (const clause of clausesOf(request)) {
    const action = actionFor(clause, undefined, classify, now);
    const before = actions.at(-1);
    if (action?.kind === 'converse' && before?.kind === 'converse') before.prompt += ` ${clause}`;
    else if (action) actions.push(action);
  }
  // Small talk around a real request is not a request.
  const real = actions.filter((action) => action.kind !== 'converse');
  return real.length > 0
    ? real
    : actions.length > 0
      ? actions
      : [{ kind: 'converse', prompt: text, reason: 'nothing else fits the task' }];
}

/** Splits "summarise this in two sentences: …" at the colon or line break; a fenced or quoted part is a subject too. */
function takeApart(text: string): { request: string; subject?: string } {
  const fence = /```(?:\w*\n)?([\s\S]+?)```|`([^`]+)`/.exec(text);
  if (fence)
    return {
      request: text.replace(fence[0], ' ').trim() || 'run this code',
      subject: (fence[1] ?? fence[2] ?? '').trim(),
    };
  const colon = /^([^:\n]{3,120})(?::\s|\n)\s*([\s\S]{2,})$/.exec(text);
  if (colon) return { request: (colon[1] ?? '').trim(), subject: (colon[2] ?? '').trim() };
  const quoted = /["“]([^"”]{12,})["”]/.exec(text);
  if (quoted) return { request: text.replace(quoted[0], ' ').trim(), subject: (quoted[1] ?? '').trim() };
  return { request: text };
}

function clausesOf(request: string): string[] {
  const clauses: string[] = [];
  let rest = request;
  for (let match = newRequest.exec(rest); match && match.index > 0; match = newRequest.exec(rest)) {
    const clause = rest.slice(0, match.index);
    // "from 2026-01-01 and 2026-02-01", "sum of 3 and 4": numbers on both sides belong together.
    if (
      /\b(?:between|sum|average|mean|add|multiply|total)\b/i.test(clause) &&
      /^\s*\d/.test(rest.slice(match.index + match[0].length))
    )
      break;
    clauses.push(clause.trim());
    rest = rest.slice(match.index + match[0].length);
  }
  return [...clauses, rest.trim()].filter((clause) => /[\p{L}\p{N}]/u.test(clause));
}

/** The likeliest thing that a request can mean: one whose arguments are not there is passed over. */
function actionFor(
  request: string,
  subject: string | undefined,
  classify: Classifier<Intent>,
  now: Date,
): Action | undefined {
  for (const { label, probability } of classify(request)) {
    if (probability < leastProbability) break;
    const action = readers[label](request, subject, now);
    if (action) return { ...action, reason: `${action.reason} (${Math.round(probability * 100)}% sure)` };
  }
  return readers.converse(request, subject, now);
}

type Reader = (request: string, subject: string | undefined, now: Date) => Action | undefined;

const readers: Record<Intent, Reader> = {
  calculate: (request, subject) => {
    const expression = arithmeticIn(subject ?? request);
    return expression
      ? { kind: 'tool', tool: 'calculator', arguments: { expression }, reason: 'the task asks for a calculation' }
      : undefined;
  },
  date: (request, subject, now) => dateCallIn(subject ?? request, now),
  convert: (request, subject) => conversionIn(subject ?? request),
  statistics: (request, subject) => {
    const text = subject ?? after(request, /\b(?:in|of|text|following|paragraph)\b[:,]?\s+/i);
    return text && text.split(/\s+/).length > 2
      ? { kind: 'tool', tool: 'text_statistics', arguments: { text }, reason: 'the task asks for figures of a text' }
      : undefined;
  },
  summarise: (request, subject) => {
    const text = subject ?? after(request, /^.*?\b(?:summari[sz]e|text|following|this)\b[:,]?\s+/i);
    if (!text || text.split(/\s+/).length < 8) return undefined;
    return {
      kind: 'summarise',
      text,
      sentences: wishedSentences(request, text),
      reason: 'the task asks for a summary',
    };
  },
  remember: (request, subject) => {
    const lead =
      /^(?:please\s+)?(?:i want you to\s+)?(?:remember|note(?: down)?|make a note|keep in mind|don'?t forget|memori[sz]e|store|save|write down)(?:\s+(?:this|a note))?(?:\s+that)?[:,]?\s*/i;
    const text = subject ?? request.replace(lead, '');
    return text.length > 2 && (subject !== undefined || text !== request)
      ? { kind: 'remember', text: text.trim(), reason: 'the task asks to keep something' }
      : undefined;
  },
  recall: (request) => {
    const query = request.replace(
      /^.*?\b(?:know(?: anything)?|tell you|told you|told|remember|recall|notes?|said|say)\b(?:\s+(?:i have|do i have|mention|for))?(?:\s+(?:about|on|for|of))?\s*/i,
      '',
    );
    return {
      kind: 'recall',
      query: /^(?:you|anything|me)?[?.!\s]*$/i.test(query) ? '' : query.replace(/[?.!]+$/, '').trim(),
      reason: 'the task asks for what was kept',
    };
  },
  program: (request, subject) => {
    const source =
      subject ??
      request.replace(
        /^(?:please\s+)?(?:run|execute|evaluate|try)\s+(?:this\s+|the\s+)?(?:code|javascript|program|script|snippet)?\s*/i,
        '',
      );
    return /[=()[\]{};]|=>/.test(source)
      ? { kind: 'program', source, reason: 'the task holds a program to run' }
      : undefined;
  },
  converse: (request, subject) => ({
    kind: 'converse',
    prompt: subject ? `${request}: ${subject}` : request,
    reason: 'the task asks for words',
  }),
};

function after(text: string, lead: RegExp): string | undefined {
  const match = lead.exec(text);
  return match ? text.slice(match.index + match[0].length) : undefined;
}

function wishedSentences(request: string, text: string): number {
  const match = /\b(one|two|three|four|five|\d+|a single)\s+sentences?\b/i.exec(request);
  const words: Record<string, number> = { 'a single': 1, one: 1, two: 2, three: 3, four: 4, five: 5 };
  const wished = match?.[1]?.toLowerCase();
  if (wished) return Math.max(1, Math.min(20, words[wished] ?? Number(wished)));
  return Math.max(1, Math.min(4, Math.ceil(sentencesOf(text).length / 4)));
}
