import { converse } from '../../host/converse.ts';
import { containerServer } from '../container/server.ts';

/** Memcached on this machine: a program on PATH, or the official image. It knows no accounts and keeps nothing. */
export const local = containerServer({
  title: 'Memcached',
  image: (version) => `memcached:${version}`,
  ports: { memcached: 11211 },
  installed: {
    options: { program: 'memcached', versionArguments: ['--version'], serves: () => true },
    // It does not run as root unless told which account to take.
    argv: (program, { host, port }) => [program, '-l', host, '-p', String(port), '-U', '0', '-u', 'nobody'],
  },
  ready: async (values) =>
    (await converse(values, 'version\r\n', (answer) => answer.includes('\r\n'))).startsWith('VERSION'),
  attributes: ({ host, port }) => ({ servers: `${host}:${port}` }),
});
