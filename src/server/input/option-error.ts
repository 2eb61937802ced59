/** A mistake in the options: says which option (`signing.key`) and how to fix it. */
export function optionError(option: string, problem: string): TypeError {
  return new TypeError(`${option}: ${problem}`);
}

/** Whether a value is an object with named members: no array, no null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object that has all it holds as members: no `Map`, promise, `Date` or array. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
