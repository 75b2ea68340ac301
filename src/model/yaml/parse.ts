import { Composer, type CST, type Document, Parser, type YAMLError } from 'yaml';
import {
  keyNotText,
  moreMistakes,
  severalDocuments,
  tooDeep,
  unknownTag,
  unquotedReference,
  yamlSyntax,
} from '../../diagnostics/catalogue/yaml.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { LocatedNode, SourceText } from '../tree/node.ts';
import { positionOf } from '../tree/position.ts';
import { locate } from './locate.ts';

/** Levels of maps and lists that a model may have. The vocabulary needs ten. */
const deepest = 64;
/** Mistakes of YAML shown of one file: after these, the rest are mostly echoes. */
const mostMistakes = 30;

/** Reads the text of one YAML file as a located tree; an empty file is an empty map. */
export function parseYaml(source: SourceText): Result<LocatedNode> {
  const tokens = [...new Parser().parse(source.text)];
  const deep = tooDeepAt(tokens);
  if (deep !== undefined)
    return { diagnostics: [tooDeep(deepest, positionOf({ source, start: deep, end: deep + 1 }))] };
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
    // Ours is linear, and shows the first of the two.
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const documents = [...composer.compose(tokens, true, source.text.length)];
  const [document] = documents;
  const diagnostics = documents.length === 0 ? [] : mistakes(documents, source);
  if (!document || diagnostics.length > 0) return { diagnostics };
  return locate(document, source);
}

function mistakes(documents: Document.Parsed[], source: SourceText): Diagnostic[] {
  const [, second] = documents;
  const found: Diagnostic[] = [];
  if (second) {
    const [start] = second.range;
    // The document begins after its line `---`.
    const line = Math.max(0, source.text.lastIndexOf('---', start));
    found.push(severalDocuments(positionOf({ source, start: line, end: line + 3 })));
  }
  const lines = new Set<string>();
  const errors = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  for (const error of errors) {
    if (error.code === 'MULTIPLE_DOCS') continue;
    const diagnostic = mistake(error, source);
    // One slip makes several errors of the parser on its line.
    const line = `${diagnostic.code}:${diagnostic.at?.line}`;
    if (!lines.has(line)) found.push(diagnostic);
    lines.add(line);
  }
  const unquoted = new Set(found.flatMap(({ code, at }) => (code === 'yaml/unquoted-reference' ? [at?.line] : [])));
  const own = found.filter(({ code, at }) => code !== 'yaml/syntax' || !unquoted.has(at?.line));
  own.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0));
  const next = own[mostMistakes]?.at;
  return next ? [...own.slice(0, mostMistakes), moreMistakes(own.length - mostMistakes, next)] : own;
}

function mistake(error: YAMLError, source: SourceText): Diagnostic {
  const start = Math.min(error.pos[0], source.text.length);
  const at = positionOf({ source, start, end: Math.max(start, Math.min(error.pos[1], source.text.length)) });
  if (error.code === 'NON_STRING_KEY') return keyNotText(at);
  if (error.code === 'TAG_RESOLVE_FAILED') {
    const tag = /^!\S*/.exec(source.text.slice(start, start + 100))?.[0];
    if (tag) return unknownTag(tag, at);
  }
  const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
  const end = source.text.indexOf('\n', start);
  const line = source.text.slice(lineStart, end === -1 ? undefined : end);
  for (const reference of line.matchAll(/(?<=[{[:,]\s*)\$\{[\w.-]*\}/g)) {
    const from = lineStart + reference.index;
    if (start >= from && start <= from + reference[0].length) {
      return unquotedReference(reference[0], positionOf({ source, start: from, end: from + reference[0].length }));
    }
  }
  return yamlSyntax(inWords(error.message), at, cures[error.code]);
}

const inWords = (message: string): string => {
  const [first = ''] = message.split('\n');
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
};

const cures: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: 'set the lines of one map or list in by the same number of spaces',
  BAD_SCALAR_START: 'put the value in quotes',
  BAD_DQ_ESCAPE: 'write \\\\ for a backslash, or use single quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes, for it holds ": "; or begin a new line',
  MISSING_CHAR: 'look for a quote or bracket that is not closed, or a missing ":"',
  MULTILINE_IMPLICIT_KEY: 'write "key: value" on one line; a quote may not be closed',
  TAB_AS_INDENT: 'use spaces to set lines in',
  UNEXPECTED_TOKEN: 'put the value in quotes, or check the line before',
};

/** Offset of the first token below too many others. Without recursion, for that is what it guards. */
function tooDeepAt(tokens: CST.Token[]): number | undefined {
  const stack: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return token.offset;
    if (token.type === 'document') {
      if (token.value) stack.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of [...token.items].reverse() as CST.CollectionItem[]) {
        if (value) stack.push({ token: value, depth: depth + 1 });
        if (key) stack.push({ token: key, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
