import { canary, encodedCanary } from '../canary.js';
import { taskWithoutTimer } from '../task.js';

/** More objects than the page of a test has: a longer walk has left the page. */
const most = 50_000;

/** Classes of the platform. Their accessors are read by name, if they matter. */
const platform = new Set(['HTMLElement', 'Event', 'Error', 'Object']);

/** Names of attributes and hosts are in lower case. */
const marks = [canary, encodedCanary, encodedCanary.toLowerCase()];

export function isMarked(text: string): boolean {
  return marks.some((mark) => text.includes(mark));
}

/**
 * Looks for the mark in everything that can be reached from values: own properties and symbols,
 * entries of maps and sets, accessors of elements, events and errors. The contents of closures and
 * private fields cannot be reached.
 */
export class Walk {
  /** Where the mark was found. */
  readonly leaks: string[] = [];
  readonly #seen = new Set<unknown>();
  readonly #promises: [string, Promise<unknown>][] = [];

  /** @param path the path to `value`, for the report of a leak. */
  look(value: unknown, path: string): void {
    if (typeof value === 'string' || typeof value === 'symbol') {
      if (isMarked(String(value))) this.leaks.push(path);
    }
    const isObject = typeof value === 'object' && value !== null;
    if ((!isObject && typeof value !== 'function') || this.#seen.has(value)) return;
    this.#seen.add(value);
    if (this.#seen.size > most) throw new Error(`Too much can be reached at ${path}.`);
    try {
      this.#lookInto(value, path);
    } catch {
      // A window of another origin, or a proxy that throws.
    }
  }

  /** Includes the values of settled promises. */
  async end(): Promise<string[]> {
    for (const [path, promise] of this.#promises) {
      const look = (value: unknown): void => this.look(value, `${path} (settled)`);
      void Promise.prototype.then.call(promise, look, look);
    }
    // Waits for settled promises, without a timer, which a test may have replaced.
    if (this.#promises.length > 0) await taskWithoutTimer();
    return this.leaks;
  }

  #lookInto(value: object, path: string): void {
    if ('window' in value && value.window === value) return;
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    if (tag === 'Location') return;
    if (tag === 'Promise') this.#promises.push([path, value as Promise<unknown>]);
    if (tag === 'URL' || tag === 'URLSearchParams') this.look(String(value), path);
    if (tag === 'Response') this.look((value as Response).url, path);
    if (tag === 'Map' || tag === 'Set') {
      for (const entry of value as Iterable<unknown>) this.look(entry, `${path} entry`);
    }
    if (ArrayBuffer.isView(value)) this.look(new TextDecoder().decode(value), path);
    if ('nodeType' in value) {
      const { outerHTML, textContent } = value as Element;
      this.look(outerHTML ?? textContent, path);
    }
    // In some engines, these are not own properties of the error.
    if (tag === 'Error' || tag === 'DOMException') {
      const { message, stack, cause } = value as Error;
      for (const part of [message, stack, cause]) this.look(part, `${path} (error)`);
    }
    for (const key of Reflect.ownKeys(value)) {
      const name = `${path}.${String(key)}`;
      this.look(key, name);
      this.look(Reflect.getOwnPropertyDescriptor(value, key)?.value, name);
    }
    this.#lookAtAccessors(value, path);
  }

  /**
   * Accessors of the classes between an element, event or error and the platform's: pages may read
   * these.
   */
  #lookAtAccessors(value: object, path: string): void {
    const classes: object[] = [];
    let prototype = Reflect.getPrototypeOf(value);
    while (prototype && !platform.has(prototype.constructor.name)) {
      classes.push(prototype);
      prototype = Reflect.getPrototypeOf(prototype);
    }
    if (!prototype || prototype.constructor.name === 'Object') return;
    for (const each of classes) {
      for (const key of Reflect.ownKeys(each)) {
        if (!Reflect.getOwnPropertyDescriptor(each, key)?.get) continue;
        this.look(Reflect.get(each, key, value), `${path}.${String(key)}`);
      }
    }
  }
}
