/** What a reader of values returns when the text cannot be read. */
export interface Invalid {
  /** What is wrong, to stand after the key's name: `"10 GB" is no quantity`. */
  invalid: string;
  /** What would be right, with an example. */
  cure?: string;
}

/** Whether a reader gave up. */
export const isInvalid = (value: unknown): value is Invalid =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'invalid');
