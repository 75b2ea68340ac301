import type { BackingAttribute } from './backing.ts';

/** Where the main port answers; every type with a network port has these. */
export const address = {
  host: { description: 'Host name.' },
  port: { description: 'Port number.' },
} as const satisfies Record<string, BackingAttribute>;

/** The account made for the system, never the administrator's. */
export const account = {
  user: { description: 'Name of the account.' },
  password: { description: 'Password of the account.', secret: true },
} as const satisfies Record<string, BackingAttribute>;

/** Address and account of one database. */
export const database = {
  ...address,
  ...account,
  database: { description: 'Name of the database.' },
} as const satisfies Record<string, BackingAttribute>;
