import { z } from 'zod';
import { read } from './read.ts';
import { portNumber } from './scalars.ts';

/** Application protocols that a port can speak; all but `udp` run over TCP. */
const protocols = ['http', 'https', 'grpc', 'tcp', 'udp'] as const;

/** What is spoken on a port. */
export type Protocol = (typeof protocols)[number];

/** One port: a number, or a number with its protocol. `grpc`, `tcp` and `udp` as names are their own default protocol. */
const port = z.union([
  portNumber,
  z.strictObject({
    port: portNumber.meta({ description: 'The number that the process listens on.' }),
    protocol: z
      .enum(protocols)
      .meta({ description: 'What is spoken there; `http`, unless the port is named after another protocol.' })
      .optional(),
  }),
]);

/** Ports by name. The first one, or `http`, is the one that `url` and `port` mean. */
export const ports = read(z.record(z.string(), port), (written) =>
  Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const given = typeof value === 'number' ? { port: value } : value;
      return [name, { port: given.port, protocol: given.protocol ?? protocolOf(name) }];
    }),
  ),
).meta({
  description: 'Ports by name, when there are several: a number, or `{port, protocol}`.',
  examples: [{ http: 3000, metrics: 9090, grpc: { port: 50051, protocol: 'grpc' } }],
});

/** Protocol that a port name stands for when none is written. */
const protocolOf = (name: string): Protocol => protocols.find((protocol) => protocol === name.split('-')[0]) ?? 'http';
