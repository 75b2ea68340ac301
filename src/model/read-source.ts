import { controlCharacter, notUtf8, tooLargeFile, unreadableFile } from '../diagnostics/catalogue/file.ts';
import type { Diagnostic, Position } from '../diagnostics/diagnostic.ts';
import { type FileBytes, readBytes } from '../host/bytes.ts';
import type { SourceText } from './tree/node.ts';
import { positionOf } from './tree/position.ts';

/** Bytes that a file of a model may have. A system of 10,000 services has three million. */
const sizeLimit = 8 * 2 ** 20;

/** The text of a file of the model, or what is wrong with the file. */
export type ReadSource = { source: SourceText } | { missing: true } | { diagnostics: Diagnostic[] };

/**
 * Reads a text file of the model.
 * @param path absolute
 * @param file its name relative to the model's folder, for positions
 * @param from where another file names it
 */
export async function readSource(path: string, file: string, from?: Position): Promise<ReadSource> {
  const found: FileBytes = await readBytes(path, sizeLimit);
  if (found.kind === 'missing') return { missing: true };
  if (found.kind === 'unreadable') return { diagnostics: [unreadableFile(file, found.reason, from)] };
  if (found.kind === 'too-large') return { diagnostics: [tooLargeFile(file, found.size, sizeLimit, from)] };
  return decodeSource(found.bytes, file);
}

/** Bytes to text: UTF-8 without mistakes, without a byte order mark, without control characters. */
function decodeSource(bytes: Uint8Array, file: string): { source: SourceText } | { diagnostics: Diagnostic[] } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { diagnostics: [wrongByte(bytes, file)] };
  }
  const source: SourceText = { file, text };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: YAML 1.2, section 5.1: these are not printable
  const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
  const diagnostics = [...text.matchAll(control)]
    .slice(0, 20)
    .map((match) =>
      controlCharacter(match[0].charCodeAt(0), positionOf({ source, start: match.index, end: match.index + 1 })),
    );
  return diagnostics.length > 0 ? { diagnostics } : { source };
}

/** Finds the first byte that is no UTF-8 by decoding ever smaller halves of the file. */
function wrongByte(bytes: Uint8Array, file: string): Diagnostic {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, good));
  const source: SourceText = { file, text: before };
  return notUtf8(good, { ...positionOf({ source, start: before.length, end: before.length }), length: 1 });
}
