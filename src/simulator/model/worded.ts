/** A value that is not a secret, for a message: short, and on one line. */
export function worded(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return typeof value === 'number' ? String(value) : kindOf(value);
}

/** What a value is, for a message that must not show it. */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number') return 'a number';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  const { name = 'Object' } = (value as { constructor?: { name?: string } }).constructor ?? {};
  return name === 'Object' ? 'an object' : `an object of class ${name}`;
}
