import type { BackingDefinition } from '../backing.ts';

/**
 * A Google Cloud Pub/Sub topic: names only, no server of ours. On a developer's machine services see the names and use
 * the in-memory transport of their own.
 */
export const pubsub = {
  type: 'pubsub',
  title: 'Google Cloud Pub/Sub',
  defaultVersion: '1',
  ports: {},
  attributes: {
    topic: { description: 'Id of the topic.' },
    subscription: { description: 'Id of the subscription.' },
    project: { description: 'Id of the project that the topic belongs to.' },
  },
  settings: {
    topic: { description: 'Id of the topic; the name in the model when left out.', type: 'string' },
    subscription: { description: 'Id of the subscription; that of the topic when left out.', type: 'string' },
    project: { description: "Id of the project; `local` on a developer's machine when left out.", type: 'string' },
  },
} as const satisfies BackingDefinition;
