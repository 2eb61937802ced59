import type { ReactiveElement } from 'lit';

// What template languages write on a tag, derived from the class of its element and its map of events.
// A setting that is declared there needs no line here.

type Kebab<Name extends string> = Name extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `-${Lowercase<Letter>}`}${Kebab<Rest>}`
  : Name;

type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** Names of the properties that can be set and are not methods. */
type Settable<Type> = keyof {
  [
    Name in keyof Type as IsReadonly<Type, Name> extends true
      ? never
      : Type[Name] extends (...values: never) => unknown
        ? never
        : Name
  ]: 1;
};

type IsReadonly<Type, Name extends keyof Type> = Same<Pick<Type, Name>, Readonly<Pick<Type, Name>>>;

/** TypeScript compares `readonly` only between two types that depend on a third one. */
type Same<A, B> =
  (<Type>() => Type extends A ? 1 : 2) extends <Type>() => Type extends B ? 1 : 2 ? true : false;

/** The element's own settings. */
type Settings<Tag> = Pick<Tag, Exclude<Settable<Tag>, keyof ReactiveElement>>;

/** What can be set only as a property. */
export type Properties<Tag> = {
  [Name in keyof Settings<Tag> as Extract<Name, 'tokenProvider' | 'strings'>]?:
    Settings<Tag>[Name] | undefined;
};

/** Texts that are numbers, so that templates may also write them as numbers. */
type NumberText = 'campaignId' | 'tokenCampaignId' | 'width' | 'height';

/** A setting as a template language writes it. */
type Written<Name, Value> = Value extends boolean
  ? boolean | '' | 'true' | 'false'
  : Value extends number
    ? string | number
    : Name extends NumberText
      ? string | number
      : Value;

/** The attributes under their camelCase names, for components. */
export type Props<Tag> = {
  [Name in keyof Settings<Tag> as Exclude<Name, keyof Properties<Tag>>]?:
    Written<Name, Settings<Tag>[Name]> | undefined;
};

/**
 * The attributes, as template languages write them. They reach the element in every framework, on a
 * server and before the element is defined; properties do not.
 */
export type Attributes<Tag> = {
  [Name in keyof Props<Tag> & string as Kebab<Name>]?: Props<Tag>[Name];
};

/** A listener for each event, under the event's name with the template language's prefix. */
export type Listeners<Events, Prefix extends string> = {
  [Name in keyof Events & string as `${Prefix}${Name}`]?:
    ((event: Events[Name]) => void) | undefined;
};

/** A listener for each event, under names such as `onQualifioReady`. */
export type EventProps<Events> = {
  [Name in keyof Events & string as `on${Pascal<Name>}`]?:
    ((event: Events[Name]) => void) | undefined;
};
