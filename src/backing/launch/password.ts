import { randomBytes } from 'node:crypto';

/** A password of 192 random bits whose characters need no quoting in a URL, a shell or a configuration file. */
export const makePassword = (): string => randomBytes(24).toString('hex');
