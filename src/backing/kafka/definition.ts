import { address } from '../attributes.ts';
import type { BackingDefinition } from '../backing.ts';

/** Apache Kafka in KRaft mode, one node. */
export const kafka = {
  type: 'kafka',
  title: 'Apache Kafka',
  defaultVersion: '4.0.0',
  ports: { kafka: { port: 9092, protocol: 'kafka' } },
  mainPort: 'kafka',
  attributes: {
    brokers: { description: 'Bootstrap servers, `host:port`.' },
    ...address,
  },
  settings: {},
} as const satisfies BackingDefinition;
