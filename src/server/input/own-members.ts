import { optionError } from './option-error.js';

/**
 * A copy of an object's own properties in a record without a prototype. Code that can write to
 * `Object.prototype` (a careless merge of JSON is enough) adds a property to every ordinary object.
 * In this record, a missing property is undefined for every reader: destructuring, a default value,
 * or a function of the platform.
 */
export function ownMembers<T extends object>(source: T): T {
  const copy = Object.create(null) as T;
  for (const name of Object.getOwnPropertyNames(source) as (keyof T)[]) copy[name] = source[name];
  return copy;
}

/**
 * {@link ownMembers} of options. Refuses an option that comes from the object's class, such as a
 * getter: if `encryption` were ignored, anyone could read the tokens.
 * @param path the prefix of a name in a message: empty, or `signing.`
 * @throws {TypeError} naming the inherited option
 */
export function ownOptions(
  path: string,
  options: Record<string, unknown>,
  names: Iterable<string>,
): Readonly<Record<string, unknown>> {
  for (const name of names) {
    if (!Object.hasOwn(options, name) && isOfClass(options, name)) {
      throw optionError(`${path}${name}`, 'is inherited; set it as an own property');
    }
  }
  return ownMembers(options);
}

/**
 * Whether a class between the object and `Object.prototype` has a property; `Object.prototype`
 * never counts.
 */
function isOfClass(options: object, name: string): boolean {
  let parent = parentOf(options);
  for (let next = parent && parentOf(parent); parent && next; next = parentOf(next)) {
    if (Object.hasOwn(parent, name)) return true;
    parent = next;
  }
  return false;
}

function parentOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}
