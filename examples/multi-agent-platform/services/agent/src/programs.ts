import type { Action, Program } from '@platform/service/contracts.ts';

/**
 * Writes the program that checks an action's output in the sandbox. It gets the same answer by
 * another way than the one that made the output, or states what must be true of it; its value is
 * `{passed, detail}`, and `output` where the program itself makes what is shown.
 * For a task that is a program, that program is returned as it is.
 * @param back for a conversion: what the tool makes of its own result, turned around
 */
export function programFor(action: Action, output: unknown, back?: unknown): Program {
  switch (action.kind) {
    case 'tool': {
      if (action.tool === 'calculator')
        return { source: calculationCheck(String(action.arguments['expression'])), inputs: { output } };
      return { source: toolChecks[action.tool] ?? present, inputs: { arguments: action.arguments, output, back } };
    }
    case 'summarise':
      return { source: summaryCheck, inputs: { text: action.text, output } };
    case 'program':
      return { source: action.source, inputs: null };
    case 'remember':
      return {
        source: `({ passed: inputs.output.text === inputs.text, detail: 'the note holds the ' + inputs.text.length + ' characters that were given' })`,
        inputs: { text: action.text, output },
      };
    case 'recall':
      return { source: recallRanking, inputs: { query: action.query, output } };
    case 'converse':
      return { source: proseCheck, inputs: { output } };
  }
}

/** The calculation in JavaScript's own notation, so that the sandbox works it out by itself. */
function calculationCheck(expression: string): string {
  const translated = expression
    // An added percentage is a share of what stands before it.
    .replace(/^\s*([\d.]+)\s*([-+])\s*([\d.]+)\s*%\s*$/, '$1 * (1 $2 $3 / 100)')
    .replace(/^\s*\(\s*([\d.]+)\s*([-+])\s*([\d.]+)\s*%\s*\)\s*$/, '$1 * (1 $2 $3 / 100)')
    .replace(/([\d.]+)\s*%(?!\s*[\d(])/g, '($1 / 100)')
    .replace(/\bof\b/g, '*')
    .replaceAll('^', '**')
    .replace(/\b(sqrt|cbrt|abs|exp|sin|cos|tan|round|floor|ceil|min|max)\(/g, 'Math.$1(')
    .replace(/\blog\(/g, 'Math.log10(')
    .replace(/\bln\(/g, 'Math.log(')
    .replace(/\bpi\b/g, 'Math.PI');
  // A minus before a power, a factorial and an added percentage deeper inside read differently in JavaScript.
  if (/!|(?:^|[-+*/(])\s*-[^-+*/()]*\*\*|[-+]\s*\([\d.]+ \/ 100\)/.test(translated)) {
    return `({ passed: Number.isFinite(inputs.output.value), detail: 'a finite number; there is no second way to work it out here' })`;
  }
  return `
    const sum = (...values) => values.reduce((total, value) => total + value, 0);
    const mean = (...values) => sum(...values) / values.length;
    const value = ${translated};
    const difference = Math.abs(value - inputs.output.value);
    ({ passed: difference <= 1e-9 * Math.max(1, Math.abs(value)), detail: 'worked out again in JavaScript: ' + Number(value.toPrecision(12)) })`;
}

const present = `({ passed: inputs.output !== null && typeof inputs.output === 'object', detail: 'the tool gave a result' })`;

const toolChecks: Record<string, string> = {
  date_difference: `
    const [fromYear, fromMonth, fromDay] = inputs.output.from.split('-').map(Number);
    const { to, days } = inputs.output;
    // Walks the calendar day by day, month lengths and leap years included, rather than subtract two times.
    const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const length = (year, month) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
    const write = (year, month, day) => [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
    let [year, month, day, walked] = [fromYear, fromMonth, fromDay, 0];
    const forward = to >= inputs.output.from;
    while (write(year, month, day) !== to && walked < 4000000) {
      walked++;
      day += forward ? 1 : -1;
      if (day > length(year, month)) { day = 1; month++; }
      if (month > 12) { month = 1; year++; }
      if (day < 1) { month--; if (month < 1) { month = 12; year--; } day = length(year, month); }
    }
    ({ passed: (forward ? walked : -walked) === days, detail: 'walked ' + walked + ' days through the calendar' })`,
  date_addition: `
    const { from, date, amount, unit, weekday } = inputs.output;
    const start = new Date(from + 'T00:00:00Z');
    const end = new Date(date + 'T00:00:00Z');
    const days = Math.round((end - start) / 86400000);
    const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
    const expected = { days: () => days === amount, weeks: () => days === amount * 7, months: () => months === amount, years: () => months === amount * 12 }[unit]();
    // Zeller's congruence names the weekday without a calendar.
    const [y, m, d] = date.split('-').map(Number);
    const [year, month] = m < 3 ? [y - 1, m + 12] : [y, m];
    const h = (d + Math.floor((13 * (month + 1)) / 5) + year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)) % 7;
    const name = ['Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'][h];
    ({ passed: expected && name === weekday, detail: "counted back to the start; Zeller's congruence says " + name })`,
  unit_conversion: `
    const { value, from, to, result } = inputs.output;
    const back = inputs.back.result;
    ({ passed: Math.abs(back - value) <= 1e-9 * Math.max(1, Math.abs(value)), detail: 'turned around, ' + result + ' ' + to + ' are ' + Number(back.toPrecision(9)) + ' ' + from })`,
  text_statistics: `
    const rough = inputs.arguments.text.split(/\\s+/).filter((part) => /[\\p{L}\\p{N}]/u.test(part)).length;
    const { words } = inputs.output;
    ({ passed: Math.abs(words - rough) <= Math.max(2, rough * 0.1), detail: 'split at white space there are ' + rough + ' words' })`,
};
const summaryCheck = `
  const plain = inputs.text.replace(/\\s+/g, ' ');
  const { sentences } = inputs.output;
  const verbatim = sentences.filter((sentence) => plain.includes(sentence)).length;
  const share = Math.round((sentences.join(' ').length / plain.length) * 100);
  ({ passed: sentences.length > 0 && share <= 100,
     detail: verbatim + ' of ' + sentences.length + ' sentences stand in the text word for word; ' + share + '% of its length' })`;

const recallRanking = `
  const words = (text) => new Set((text.toLowerCase().match(/[\\p{L}\\p{N}]{3,}/gu) ?? []));
  const wanted = words(inputs.query);
  const seen = new Set();
  const ranked = [...inputs.output.notes.map((note) => ({ text: note.text, score: note.rank })), ...inputs.output.memories]
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map(({ text, score }) => ({ text, score: score + [...words(text)].filter((word) => wanted.has(word)).length }))
    .sort((left, right) => right.score - left.score)
    .slice(0, 6);
  ({ passed: true,
     detail: inputs.output.notes.length + ' notes and ' + inputs.output.memories.length + ' memories ranked, the same ones joined',
     output: { texts: ranked.map(({ text }) => text) } })`;

const proseCheck = `
  const words = inputs.output.text.toLowerCase().match(/[\\p{L}\\p{N}']+/gu) ?? [];
  const distinct = new Set(words).size;
  ({ passed: words.length > 0, detail: words.length + ' words, ' + distinct + ' of them distinct' })`;
