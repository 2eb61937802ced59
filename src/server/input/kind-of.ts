/** What a value is, for an error message: its kind and its class, never its content. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (value instanceof Promise) return 'a promise (is await missing?)';
  const name = className(value);
  return name && name !== 'Object' ? `an object of class ${name}` : 'an object';
}

function className(value: object): string | undefined {
  try {
    const name: unknown = value.constructor.name;
    return typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}
