import {
  emptyReference,
  malformedReference,
  nestedReference,
  unterminatedReference,
} from '../../diagnostics/catalogue/reference.ts';
import type { Value } from '../plan.ts';
import { mayHoldReferences, parseReferences } from './parse.ts';
import { resolveReference } from './resolve.ts';
import type { Names, Site } from './scope.ts';

const faults = {
  unterminated: unterminatedReference,
  nested: nestedReference,
  malformed: malformedReference,
  empty: (_text: string, at?: Parameters<typeof emptyReference>[0]) => emptyReference(at),
};

/**
 * Resolves the references in a text. What is known at plan time becomes text; the rest stays a `Reference`.
 * Every fault is reported through the site; what could not be resolved is left out of the value.
 */
export function resolveText(text: string, names: Names, site: Site): Value {
  if (!mayHoldReferences(text)) return text === '' ? [] : [text];
  const value: Value = [];
  for (const piece of parseReferences(text)) {
    if (piece.type === 'text') append(value, piece.text);
    else {
      const source = text.slice(piece.offset, piece.offset + piece.length);
      const at = site.at(piece.offset, piece.length);
      if (piece.type === 'fault') site.report(faults[piece.fault](source, at));
      else {
        const resolved = resolveReference(piece.segments, names, site, { source, at });
        if (resolved !== undefined) append(value, resolved);
      }
    }
  }
  return value;
}

/** Resolves a text that must be known at plan time, for example the host of a route. The site must allow `text` only. */
export const resolvePlainText = (text: string, names: Names, site: Site & { allow: 'text' }): string =>
  resolveText(text, names, site).join('');

function append(value: Value, piece: Value[number]): void {
  const last = value[value.length - 1];
  if (typeof piece === 'string' && typeof last === 'string') value[value.length - 1] = last + piece;
  else if (piece !== '') value.push(piece);
}
