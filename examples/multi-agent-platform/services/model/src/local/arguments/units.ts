import type { Action } from '@platform/service/contracts.ts';

const number = '(-?[\\d,]*\\.?\\d+|an?|one)';
const unit = '([a-z°²/]+\\d?(?: per [a-z]+)?(?: miles?| metres?| meters?)?)';
const forward = new RegExp(
  `${number}\\s*(?:degrees?\\s*)?${unit}\\s+(?:to|into|in|as)\\s+(?:degrees?\\s*)?${unit}`,
  'i',
);
const asked = new RegExp(
  `how (?:many|much) ${unit}\\s*(?:are|is|make|do)?\\s*(?:there\\s*)?(?:in\\s*)?${number}\\s*(?:degrees?\\s*)?${unit}`,
  'i',
);

const amountOf = (text: string): number => (/\d/.test(text) ? Number(text.replaceAll(',', '')) : 1);

/** Reads a conversion out of a question, "how many feet are in 10 metres" and the like; the tool knows which units there are. */
export function conversionIn(question: string): Extract<Action, { kind: 'tool' }> | undefined {
  const build = (value: string, from: string, to: string) => ({
    kind: 'tool' as const,
    tool: 'unit_conversion',
    arguments: { value: amountOf(value), from: from.trim().toLowerCase(), to: to.trim().toLowerCase() },
    reason: 'the task asks for a value in another unit',
  });
  const straight = forward.exec(question);
  if (straight) return build(straight[1] ?? '', straight[2] ?? '', straight[3] ?? '');
  const turned = asked.exec(question);
  if (turned) return build(turned[2] ?? '', turned[3] ?? '', turned[1] ?? '');
  return undefined;
}
