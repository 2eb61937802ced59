/** A mistake in the options: says which option (`signing.key`) and how to fix it. */
export function optionError(option: string, problem: string): TypeError {
  return new TypeError(`${option}: ${problem}`);
}

/** Whether a value is an object with named properties: not an array, not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object's properties are its whole content: not a `Map`, promise, `Date` or array. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** The problem text for an option whose environment variable is probably not set. */
export const isEmpty = 'is empty: is the variable set?';
