import { type Invalid, isInvalid } from './invalid.ts';

/** What is asked for and what is allowed at most, in the base unit of the resource. */
export interface RequestAndLimit {
  request: number;
  limit?: number;
}

/**
 * Reads `request..limit`, or one quantity that is only asked for.
 * @param read of one quantity, to the base unit: millicores or bytes.
 */
export function readRange(text: string, read: (text: string) => number | Invalid): RequestAndLimit | Invalid {
  const [first = '', second, ...more] = text.split('..');
  if (more.length > 0) return { invalid: `"${text}" has more than one ".."`, cure: 'write request..limit, once' };
  const request = read(first.trim());
  if (isInvalid(request)) return request;
  if (second === undefined) return { request };
  const limit = read(second.trim());
  if (isInvalid(limit)) return limit;
  if (limit < request) {
    return {
      invalid: `the limit ${second.trim()} is below the request ${first.trim()}`,
      cure: `write ${second.trim()}..${first.trim()}, or raise the limit`,
    };
  }
  return { request, limit };
}
