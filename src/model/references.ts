import type { BackingAttributes } from './input.generated.ts';

/**
 * Type-level reading of references, `${name.attribute}`, for `defineSystem`. It follows the planner's rules where types
 * can know the names, and lets pass what is only known when the configuration runs.
 */

/** Everything that texts anywhere in a system can say, without the braces. */
export type SystemReferences<System> =
  | ServiceReferences<MapsAt<System, 'services'>>
  | BackingReferences<MapsAt<System, 'backing'>>
  | `secrets.${NamesAt<System, 'secrets'>}`
  | `routes.${RouteNames<System>}.${'url' | 'host'}`
  | `${'variables' | 'environment'}.${NamesAt<System, 'variables'>}`
  | 'environment.name'
  | 'system.name';

/** What texts of a service can say besides. */
export type OwnReferences<Service> =
  | `service.${'name' | 'namespace' | 'url' | 'host' | 'port'}`
  | `service.${'urls' | 'ports'}.${string}`
  | (Service extends { readonly owns: infer Owned } ? BackingReferences<Owned> : never);

/** What a value can never be: its text is what the compiler shows. */
export interface Mistake<Message extends string> {
  readonly mistake: Message;
}

/** The text itself when each of its references is known, otherwise what is wrong with it. */
export type CheckedText<Text, Known extends string> = Text extends string
  ? [FirstUnknown<Text, Known>] extends [infer Unknown extends string]
    ? [Unknown] extends [never]
      ? Text
      : Mistake<`nothing here is called \${${Unknown}}`>
    : never
  : Text;

/** References in a text that are not known; never for a text that is only known when it runs. */
type FirstUnknown<Text extends string, Known extends string> = string extends Text
  ? never
  : Text extends `${infer Before}\${${infer Rest}`
    ? Before extends `${string}$`
      ? FirstUnknown<Rest, Known>
      : Rest extends `${infer Inner}}${infer After}`
        ? IsPattern<Inner> extends true
          ? FirstUnknown<After, Known>
          : Inner extends Known
            ? FirstUnknown<After, Known>
            : Inner
        : Rest
    : never;

/** Whether a text is known only in part, as `${string}.url` is. */
type IsPattern<Text extends string> = Record<never, never> extends Record<Text, 1> ? true : false;

type ServiceReferences<Services> = {
  [Name in keyof Services & string]:
    | `${Name}.${'url' | 'host' | 'port'}`
    | `${Name}.${'urls' | 'ports'}.${PortNames<Services[Name]>}`;
}[keyof Services & string];

type PortNames<Service> =
  | (Service extends { readonly ports: infer Ports } ? keyof Ports & string : never)
  | (Service extends { readonly port: number } ? 'http' : never)
  // Ports can come from `defaults` or another service.
  | (Service extends { readonly ports: unknown } | { readonly port: number } ? never : string);

type BackingReferences<Backing> = {
  [Name in keyof Backing & string]: Backing[Name] extends { readonly type: infer Type }
    ? Type extends keyof BackingAttributes
      ? `${Name}.${BackingAttributes[Type]}`
      : `${Name}.${string}`
    : never;
}[keyof Backing & string];

type RouteNames<System> = System extends { readonly routes: infer Routes }
  ? Routes extends readonly unknown[]
    ? string
    : keyof Routes & string
  : NamesAt<System, 'routes'>;

/** The map under a key of the top level; and those of the environments, for what only they declare. */
type MapsAt<System, Key extends string> = (System extends { readonly [K in Key]: infer Map } ? Map : unknown) &
  (EnvironmentsOf<System> extends infer Environment
    ? [Environment] extends [never]
      ? unknown
      : Merged<Environment, Key>
    : unknown);

/** What environments declare: a name counts when any of them has it. */
type Merged<Environment, Key extends string> = UnionToIntersection<
  Environment extends { readonly [K in Key]: infer Map } ? Declared<Map> : unknown
>;

/** Entries that stand alone: those with a type or a source. Others only change what is declared elsewhere. */
type Declared<Map> = {
  readonly [Name in keyof Map as Map[Name] extends { readonly type: string } | { readonly source: unknown }
    ? Name
    : never]: Map[Name];
};

type NamesAt<System, Key extends string> =
  | (System extends { readonly [K in Key]: infer Map } ? keyof Map & string : never)
  | (EnvironmentsOf<System> extends infer Environment
      ? Environment extends { readonly [K in Key]: infer Map }
        ? keyof Map & string
        : never
      : never);

type EnvironmentsOf<System> = System extends { readonly environments: infer Environments }
  ? Environments[keyof Environments]
  : never;

type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer Intersection,
) => void
  ? Intersection
  : never;
