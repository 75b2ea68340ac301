import { z } from 'zod';
import { readRate } from '../values/rate.ts';
import { read } from './read.ts';
import { portNumber, text } from './scalars.ts';

const route = {
  host: text.meta({ description: 'Host name that browsers and clients ask for.', examples: ['api.example.com'] }),
  path: text
    .regex(/^\//, { error: 'must begin with /' })
    .meta({ description: 'Requests whose path begins with it.', examples: ['/api'] })
    .default('/'),
  service: text.meta({ description: 'The service that answers.', examples: ['gateway'] }),
  port: z
    .union([text, portNumber])
    .meta({ description: 'Name or number of its port; the main one when left out.', examples: ['http'] })
    .optional(),
  sticky: z.boolean().meta({ description: 'Requests of one client go to one replica.' }).default(false),
  limit: read(text, readRate)
    .meta({ description: 'Most requests of one client in a second, minute or hour.', examples: ['20/s', '600/m'] })
    .optional(),
  tls: z.boolean().meta({ description: "Served by TLS; the environment's `tls` decides when left out." }).optional(),
};

/** How requests from outside reach a service. */
export type Route = z.output<z.ZodObject<typeof route>>;

/** A map by name, or a list; in a list a route is named by `name`, or else by its service. */
export const routes = read(
  z.union([
    z.record(z.string(), z.strictObject(route)),
    z.array(
      z.strictObject({
        name: text
          .meta({ description: 'Name for references: `${routes.name.url}`; the service when left out.' })
          .optional(),
        ...route,
      }),
    ),
  ]),
  (value): Record<string, Route> => {
    if (!Array.isArray(value)) return value;
    const taken = new Set(value.flatMap(({ name }) => (name === undefined ? [] : [name])));
    return Object.fromEntries(
      value.map(({ name, ...entry }) => {
        if (name !== undefined) return [name, entry];
        let made = entry.service;
        for (let next = 2; taken.has(made); next++) made = `${entry.service}-${next}`;
        taken.add(made);
        return [made, entry];
      }),
    );
  },
).meta({
  description: 'How requests from outside reach services: a list, or a map of names.',
  examples: [
    [{ host: 'api.example.com', service: 'gateway' }],
    { api: { host: 'api.example.com', service: 'gateway' } },
  ],
});
