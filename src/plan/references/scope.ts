import type { BackingDefinition } from '../../backing/backing.ts';
import type { Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import type { Place } from '../place.ts';
import type { Port } from '../plan.ts';
import type { Unsure } from '../unsure.ts';

/** Everything of a system that a reference can name. Made once for the system, read for each reference. */
export interface Names {
  system: string;
  environment: string;
  services: ReadonlyMap<string, ServiceName>;
  /** Shared backing services, by the name in the model; those that a service owns are in `ServiceName.owned`. */
  backing: ReadonlyMap<string, BackingName>;
  /** For each name under any `owns`: the services that wrote it. */
  owners: ReadonlyMap<string, readonly string[]>;
  secrets: ReadonlySet<string>;
  routes: ReadonlySet<string>;
  /** Text by name, as set for this environment. */
  variables: ReadonlyMap<string, string>;
  unsure: Unsure;
}

export interface ServiceName {
  namespace: string;
  ports: Readonly<Record<string, Port>>;
  /** The port that `url` and `port` mean. */
  mainPort?: string;
  owned: ReadonlyMap<string, BackingName>;
  /** Where it is declared. */
  place?: Place;
}

export interface BackingName {
  /** Key in the plan's `backing`. */
  key: string;
  definition: BackingDefinition;
  /** The attributes that are known, for an external service. */
  given?: ReadonlySet<string>;
  /** Where it is declared. */
  place?: Place;
}

/** Where a text stands, and so what it may say. */
export interface Site {
  /** The service around it, if any. */
  service?: string;
  /**
   * `all`: whatever a running service may know. `secret`: secrets and text, for what is given of an external service.
   * `text`: only what is known at plan time.
   */
  allow: 'all' | 'secret' | 'text';
  /** In words, for the error: `the host of a route`. */
  place: string;
  /** Position of a part of the text in the user's file. */
  at(offset: number, length: number): Position | undefined;
  report(diagnostic: Diagnostic): void;
}

/** First words with a meaning of their own; no service or backing service may be called so. */
export const fixedWords: Readonly<Record<string, string>> = {
  secrets: 'the secrets',
  routes: 'the routes',
  variables: 'the variables of the environment',
  environment: 'the environment',
  service: 'the service around the reference',
  system: 'the system',
};

/** The port that `url` and `port` mean: the one called `http`, else the first. */
export const mainPortOf = (ports: Readonly<Record<string, Port>>): string | undefined =>
  Object.hasOwn(ports, 'http') ? 'http' : Object.keys(ports)[0];
