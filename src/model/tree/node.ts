/** A file of the user's, its text, and where its lines begin (made when first asked for). */
export interface SourceText {
  /** Relative to the model's folder, with forward slashes. */
  file: string;
  text: string;
  lineStarts?: number[];
}

/** Characters of a file, as UTF-16 offsets: from `start` up to and without `end`. */
export interface Span {
  source: SourceText;
  start: number;
  end: number;
}

/** A value with its place. Trees are never changed once made; merging shares what it does not touch. */
export type LocatedNode = MapNode | ListNode | ScalarNode;

/** Keys in the order of the file. A `Map`, so that no key can reach a prototype. */
export interface MapNode {
  kind: 'map';
  span: Span;
  entries: Map<string, Entry>;
}

export interface Entry {
  /** Where the key stands. */
  key: Span;
  value: LocatedNode;
}

export interface ListNode {
  kind: 'list';
  span: Span;
  items: LocatedNode[];
}

export interface ScalarNode {
  kind: 'scalar';
  span: Span;
  value: string | number | boolean | null;
  /**
   * How characters of `value` lie in the file: `plain` one to one from `span.start`, `quoted` one to one from the
   * character after; anything else (escapes, folded lines) has no simple rule.
   */
  style: 'plain' | 'quoted' | 'other';
  /** A number or boolean as it was typed, where that differs from its usual form: `1.10`, `0x1F`, `True`. */
  written?: string;
}
