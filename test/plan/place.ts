import type { Place } from '../../src/plan/place.ts';

/** A model without a file: every key was written, and the position names the way to it. */
export const pretendPlace = (path = 'model'): Place => ({
  child: (key) => pretendPlace(`${path}/${key}`),
  keyAt: () => ({ file: `${path}#key`, line: 1, column: 1 }),
  valueAt: (offset = 0) => ({ file: path, line: 1, column: 1 + offset }),
});
