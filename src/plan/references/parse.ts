/** One piece of a text: literal characters, a reference, or something that was meant to be one. Offsets count UTF-16 units. */
export type Piece =
  | { type: 'text'; text: string }
  | { type: 'reference'; segments: string[]; offset: number; length: number }
  | { type: 'fault'; fault: Fault; offset: number; length: number };

/** Why something that begins like a reference is none. */
type Fault = 'unterminated' | 'empty' | 'nested' | 'malformed';

/** Names joined by dots. Letters, digits, `-` and `_`: every name that the model allows, and nothing that a shell means. */
const referencePattern = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/**
 * Finds the references in a text: `${name.attribute}`. `$${` stands for the characters `${`; a `$` before anything else
 * is a plain character. Every fault is found, not the first only.
 * @returns the pieces in order; neighbouring literals are joined, and an empty text has no pieces.
 */
export function parseReferences(text: string): Piece[] {
  const pieces: Piece[] = [];
  const closings = matchBraces(text);
  let literal = '';
  const flush = () => {
    if (literal !== '') pieces.push({ type: 'text', text: literal });
    literal = '';
  };
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) {
      literal += text.slice(at);
      break;
    }
    literal += text.slice(at, dollar);
    if (text.startsWith('$${', dollar)) {
      literal += '${';
      at = dollar + 3;
    } else if (text[dollar + 1] === '{') {
      flush();
      const piece = parseOne(text, dollar, closings);
      pieces.push(piece);
      at = dollar + piece.length;
    } else {
      literal += '$';
      at = dollar + 1;
    }
  }
  flush();
  return pieces;
}

/** Whether a text has anything for `parseReferences` to do; most have not. */
export const mayHoldReferences = (text: string): boolean => text.includes('${');

/** @param start where `${` is. @param closings of the whole text, see `matchBraces` */
function parseOne(
  text: string,
  start: number,
  closings: ReadonlyMap<number, number>,
): Exclude<Piece, { type: 'text' }> {
  const end = closings.get(start);
  const inner = text.indexOf('${', start + 2);
  if (end === undefined) {
    const rest = text.slice(start, inner < 0 ? undefined : inner);
    const line = rest.indexOf('\n');
    return { type: 'fault', fault: 'unterminated', offset: start, length: line < 0 ? rest.length : line };
  }
  const length = end + 1 - start;
  const fault = (name: Fault): Piece & { type: 'fault' } => ({ type: 'fault', fault: name, offset: start, length });
  if (inner >= 0 && inner < end) return fault('nested');
  const inside = text.slice(start + 2, end);
  if (inside.trim() === '') return fault('empty');
  if (!referencePattern.test(inside)) return fault('malformed');
  return { type: 'reference', segments: inside.split('.'), offset: start, length };
}

/** For each `${` that is closed on its line, where its `}` is. One pass, so that hostile text cannot make it slow. */
function matchBraces(text: string): Map<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') open.length = 0;
    else if (character === '$' && text[at + 1] === '{') {
      open.push(at);
      at += 1;
    } else if (character === '$' && open.length === 0 && text.startsWith('$${', at)) at += 2;
    else if (character === '}') {
      const start = open.pop();
      if (start !== undefined) closings.set(start, at);
    }
  }
  return closings;
}
