import type { Service } from '../../model/schema/service.ts';
import { compact } from '../freeze.ts';
import type { Image } from '../plan.ts';

/**
 * The image of a service. One that is built and not named otherwise is called `<system>-<service>`, or like the system
 * alone when both have one name; the registry of the model stands in front of it. One that exists elsewhere is taken
 * as written.
 */
export function planImage(system: string, name: string, service: Service, registry: string | undefined): Image {
  const built = service.source !== undefined;
  const given = service.image;
  if (!given) return compact({ registry, repository: system === name ? system : `${system}-${name}`, built });
  const { domain, repository } = splitDomain(given.repository);
  return compact({
    registry: domain ?? (built ? registry : undefined),
    repository,
    tag: given.tag,
    digest: given.digest,
    built,
  });
}

/** The first part is a registry when it has a dot or a port, or is `localhost`: the rule of Docker's reference grammar. */
function splitDomain(name: string): { domain?: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  if (!/[.:]/.test(first) && first !== 'localhost') return { repository: name };
  return { domain: first, repository: name.slice(slash + 1) };
}
