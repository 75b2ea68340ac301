import type { BackingInput, ServiceInput, SystemInput } from './input.generated.ts';
import type { CheckedText, Mistake, OwnReferences, SystemReferences } from './references.ts';

export type {
  BackingInput,
  EnvironmentInput,
  PartialServiceInput,
  ServiceInput,
  SystemInput,
} from './input.generated.ts';

/**
 * Describes a system in a gantry.config.ts; the model is its default export.
 *
 * References such as `'${postgres.url}'` are checked against the names in the same description while you type, and so are
 * keys. What is put together at run time passes here and is checked when the model is loaded.
 * @param description the same keys as in gantry.yaml
 * @returns what it was given
 */
export function defineSystem<const Description extends SystemInput>(
  description: Description & CheckedSystem<Description>,
): Description {
  return description;
}

/** The description with each mistake replaced by a text that says what it is. */
type CheckedSystem<System> = Checked<System, SystemReferences<System>, Of<System, 'services'>>;

/** @template Known what texts can say @template Services those of the top level, for what they own */
type Checked<System, Known extends string, Services> = {
  readonly [Key in keyof System]: Key extends 'services'
    ? CheckedServices<System[Key], Known, Services>
    : Key extends 'backing'
      ? CheckedBacking<System[Key], Known>
      : Key extends 'defaults'
        ? CheckedService<System[Key], Known | OwnReferences<Services[keyof Services]>>
        : Key extends 'environments'
          ? { readonly [Name in keyof System[Key]]: Checked<System[Key][Name], Known, Services> }
          : Key extends keyof SystemInput
            ? System[Key]
            : Mistake<`${Key & string} is not a key of a model`>;
};

type CheckedServices<Services, Known extends string, Base> = {
  readonly [Name in keyof Services]: CheckedService<
    Services[Name],
    Known | OwnReferences<Services[Name]> | OwnReferences<Of<Base, Name>>
  >;
};

type CheckedService<Service, Known extends string> = {
  readonly [Key in keyof Service]: Key extends 'env'
    ? CheckedTexts<Service[Key], Known>
    : Key extends 'files'
      ? { readonly [File in keyof Service[Key]]: CheckedTexts<Service[Key][File], Known> }
      : Key extends 'owns'
        ? CheckedBacking<Service[Key], Known>
        : Key extends keyof ServiceInput
          ? Service[Key]
          : Mistake<`${Key & string} is not a key of a service`>;
};

type CheckedBacking<Backing, Known extends string> = {
  readonly [Name in keyof Backing]: {
    readonly [Key in keyof Backing[Name]]: Key extends KeyOfAny<BackingInput>
      ? CheckedText<Backing[Name][Key], Known>
      : Mistake<`${Key & string} is not a key of a backing service`>;
  };
};

type CheckedTexts<Texts, Known extends string> = {
  readonly [Name in keyof Texts]: CheckedText<Texts[Name], Known>;
};

/** A member, or a shape without members. */
type Of<Map, Name extends PropertyKey> = Map extends { readonly [K in Name]: infer Member }
  ? Member
  : Record<never, never>;

type KeyOfAny<Union> = Union extends unknown ? keyof Union : never;
