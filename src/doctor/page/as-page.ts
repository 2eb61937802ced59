/**
 * Calls a reader of `src/config/` as if this were the page: those readers look at `location` and
 * `self`, which Node does not have.
 */
export function asPage<Value>({ href, origin }: URL, read: () => Value): Value {
  const page = { location: { href }, self: { origin } };
  const before = Object.keys(page).map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  for (const [name, value] of Object.entries(page)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    return read();
  } finally {
    for (const [index, name] of Object.keys(page).entries()) {
      const own = before[index];
      if (own) Object.defineProperty(globalThis, name, own);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}
