import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Columns that a text takes on a terminal; escape codes take none, wide characters two. */
export function widthOf(text: string): number {
  return isPlainAscii(text) ? text.length : stringWidth(text);
}

/**
 * The text in exactly so many columns: padded, or cut with an ellipsis between two characters and never inside one.
 * @param text without escape codes
 */
export function fitTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, width);
  const padding = ' '.repeat(Math.max(0, width - widthOf(cut)));
  return align === 'left' ? cut + padding : padding + cut;
}

/** The text in at most so many columns. @param text without escape codes */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = widthOf(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Printable ASCII alone is as wide as it is long; this is nearly every text, and the library is slower. */
const isPlainAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
