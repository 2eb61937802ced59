/** What a value is, for an error message: its kind and its class, never its content. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (value instanceof Promise) return 'a promise (is await missing?)';
  const name = className(value);
  return name && name !== 'Object' ? `an object of class ${name}` : 'an object';
}

/** What was found, where that is no secret: text and numbers as they are, in short. */
export function found(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return typeof value === 'object' ? kindOf(value) : String(value);
}

/** What was found in place of a name, without its text: a secret may be in the wrong option. */
export function foundName(value: unknown): string {
  return typeof value === 'string' ? 'other text' : kindOf(value);
}

function className(value: object): string | undefined {
  try {
    // Not its own property: that is data, which could be a claim.
    const { constructor } = Object.getPrototypeOf(value) as { constructor: { name: unknown } };
    const { name } = constructor;
    return typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
