/** Globals that Node also has, and that must be the DOM's: it refuses those of Node. */
const shared = ['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'MessageEvent'];

/** Makes the DOM's window the global one, as Vitest and Jest do. */
export function useWindow(page: object): void {
  for (const name of Object.getOwnPropertyNames(page)) {
    if (name in globalThis && !shared.includes(name)) continue;
    const value: unknown = Reflect.get(page, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.assign(globalThis, { window: page, self: page });
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
    const method = Reflect.get(page, name) as () => void;
    Reflect.set(globalThis, name, method.bind(page));
  }
}
