import type { ToolDescription } from '@platform/service/contracts.ts';
import type { Database } from '@platform/service/database.ts';
import { searchNotes, writeNote } from './notes.ts';
import { addToDate, type DateUnit, daysBetween, readDate, weekdayOf, writeDate } from './tools/dates.ts';
import { evaluate } from './tools/expression.ts';
import { describeText } from './tools/text.ts';
import { convert, unitNames } from './tools/units.ts';

/** A tool: how it describes itself, and what it does with arguments that fit its schema. */
export interface Tool extends ToolDescription {
  run: (given: never, caller: { owner: string; database: Database }) => unknown | Promise<unknown>;
}

const text = { type: 'string', minLength: 1, maxLength: 20_000 } as const;
const date = { type: 'string', description: 'YYYY-MM-DD, or "today"' } as const;
const object = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

/** Rounds away what binary fractions add to decimal ones: 0.1 + 0.2 is shown as 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** The tools, in the order in which they are offered. */
export const tools: Tool[] = [
  {
    name: 'calculator',
    description:
      'Evaluates arithmetic: + - * / ^, percentages ("17% of 2350"), parentheses, sqrt, max, mean and the like.',
    parameters: object({ expression: { ...text, maxLength: 500 } }, ['expression']),
    run: ({ expression }: { expression: string }) => ({ expression, value: tidy(evaluate(expression)) }),
  },
  {
    name: 'date_difference',
    description: 'Counts the days from one date to another.',
    parameters: object({ from: date, to: date }, ['from', 'to']),
    run: ({ from, to }: { from: string; to: string }) => {
      const [start, end] = [readDate(from), readDate(to)];
      const days = daysBetween(start, end);
      return { from: writeDate(start), to: writeDate(end), days, weekday: weekdayOf(end) };
    },
  },
  {
    name: 'date_addition',
    description:
      'Adds days, weeks, months or years to a date, or takes them away with a negative amount. Names the weekday.',
    parameters: object(
      {
        date,
        amount: { type: 'integer', minimum: -400_000, maximum: 400_000 },
        unit: { enum: ['days', 'weeks', 'months', 'years'] },
      },
      ['date', 'amount', 'unit'],
    ),
    run: (given: { date: string; amount: number; unit: DateUnit }) => {
      const start = readDate(given.date);
      const end = addToDate(start, given.amount, given.unit);
      return {
        from: writeDate(start),
        amount: given.amount,
        unit: given.unit,
        date: writeDate(end),
        weekday: weekdayOf(end),
      };
    },
  },
  {
    name: 'unit_conversion',
    description: `Converts a value between units: ${unitNames.filter((name) => name.length > 3).join(', ')}.`,
    parameters: object({ value: { type: 'number' }, from: { type: 'string' }, to: { type: 'string' } }, [
      'value',
      'from',
      'to',
    ]),
    run: ({ value, from, to }: { value: number; from: string; to: string }) => ({
      value,
      from,
      to,
      result: tidy(convert(value, from, to)),
    }),
  },
  {
    name: 'text_statistics',
    description: 'Counts the words, sentences and characters of a text and names its most frequent words.',
    parameters: object({ text }, ['text']),
    run: ({ text: given }: { text: string }) => describeText(given),
  },
  {
    name: 'notes_write',
    description: 'Keeps a note for this user.',
    parameters: object({ text }, ['text']),
    run: ({ text: given }: { text: string }, { owner, database }) => writeNote(database, owner, given),
  },
  {
    name: 'notes_search',
    description: "Searches this user's notes by their words; without any, the newest are found.",
    parameters: object({ query: { type: 'string', maxLength: 500 } }, ['query']),
    run: async ({ query }: { query: string }, { owner, database }) => ({
      query,
      notes: await searchNotes(database, owner, query),
    }),
  },
];
