import { account, address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** RabbitMQ with its management pages. */
export const rabbitmq = {
  type: 'rabbitmq',
  title: 'RabbitMQ',
  defaultVersion: '4',
  ports: { amqp: { port: 5672, protocol: 'amqp' }, management: { port: 15672, protocol: 'http' } },
  mainPort: 'amqp',
  attributes: {
    url: { description: 'Connection URI, `amqp://user:password@host:port`.', secret: true },
    ...address,
    ...account,
    'management-url': { description: 'Address of the management pages and API.', port: 'management' },
  },
  settings: {
    user: { description: 'Account that services connect as.', type: 'string', default: 'app' },
  },
} as const satisfies BackingDefinition;
