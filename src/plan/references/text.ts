import {
  emptyReference,
  malformedReference,
  nestedReference,
  unterminatedReference,
} from '../../diagnostics/catalogue/reference.ts';
import type { Position } from '../../diagnostics/diagnostic.ts';
import type { Value } from '../plan.ts';
import { parseReferences } from './parse.ts';
import { resolveReference, type Written } from './resolve.ts';
import type { Names, Site } from './scope.ts';

const faults = {
  unterminated: unterminatedReference,
  nested: nestedReference,
  malformed: (text: string, at?: Position) => malformedReference(text, withoutSpaces(text), at),
  empty: (_text: string, at?: Position) => emptyReference(at),
};

/**
 * Resolves the references in a text. What is known at plan time becomes text; the rest stays a `Reference`.
 * Every fault is reported through the site; what could not be resolved is left out of the value.
 */
export function resolveText(text: string, names: Names, site: Site): Value {
  const value: Value = [];
  for (const piece of parseReferences(text)) {
    if (piece.type === 'text') append(value, piece.text);
    else {
      const { offset, length } = piece;
      const written: Written = {
        source: text.slice(offset, offset + length),
        // Looked up for errors only.
        get at() {
          return site.at(offset, length);
        },
      };
      if (piece.type === 'fault') site.report(faults[piece.fault](written.source, written.at));
      else {
        const resolved = resolveReference(piece.segments, names, site, written);
        if (resolved !== undefined) append(value, resolved);
      }
    }
  }
  return value;
}

/** Spaces around a name are the slip that is made most. */
function withoutSpaces(text: string): string | undefined {
  const tight = text.replaceAll(/\s/g, '');
  return parseReferences(tight)[0]?.type === 'reference' ? tight : undefined;
}

function append(value: Value, piece: Value[number]): void {
  const last = value[value.length - 1];
  if (typeof piece === 'string' && typeof last === 'string') value[value.length - 1] = last + piece;
  else if (piece !== '') value.push(piece);
}
