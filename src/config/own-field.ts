/** Reads a field of data from elsewhere, without walking into prototypes or running a getter. */
export function ownField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
