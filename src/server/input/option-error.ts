/** A mistake in the options: says which option (`signing.key`) and how to fix it. */
export function optionError(option: string, problem: string): TypeError {
  const error = new TypeError(`${option}: ${problem}`);
  optionErrors.add(error);
  return error;
}

const optionErrors = new WeakSet<object>();

/** The message of an {@link optionError}; undefined for any other error, which may quote anything. */
export function optionProblem(error: unknown): string | undefined {
  return error instanceof TypeError && optionErrors.has(error) ? error.message : undefined;
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
export const isEmpty = 'is empty; set the variable that it comes from';
