import type { LocalNames } from '../backing.ts';

/** Names alone: services that see them use the in-memory transport of their own. */
export const local: LocalNames = {
  kind: 'names',
  attributes({ name, settings }) {
    const topic = String(settings['topic'] ?? name);
    return {
      topic,
      subscription: String(settings['subscription'] ?? topic),
      project: String(settings['project'] ?? 'local'),
    };
  },
};
