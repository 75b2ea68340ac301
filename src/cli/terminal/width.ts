import measure from 'fast-string-truncated-width';

/** Columns that a text takes on a terminal; escape codes take none, wide characters two. */
export const widthOf = (text: string): number => (isPlainAscii(text) ? text.length : measure(text).width);

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
  if (isPlainAscii(text)) return `${text.slice(0, width - 1)}…`;
  // The library can cut too, but not before a wide character of which only half would fit.
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Made only when it is needed: it takes megabytes. */
let graphemes: Intl.Segmenter | undefined;

/** Printable ASCII alone is as wide as it is long; this is nearly every text, and the library is slower. */
const isPlainAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
