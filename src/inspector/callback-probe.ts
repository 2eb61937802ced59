/** A call of one of a probe's two callbacks. */
export interface Call {
  readonly callback: 'first' | 'last';
  readonly isInEvent: boolean;
  readonly data: unknown;
}

/** Which of two callbacks for a message name a kit calls. */
export type Called = 'all' | 'first' | 'last';

const probeName = 'qualifio-inspector-probe';
const deepest = 4;

/** Milliseconds after which a kit has called back. */
export const patience = 300;
/** A kit may not take a repeated message, or another message may look like it. */
export const mostTries = 3;

/**
 * Two callbacks for a message name that no other code registers for, and copies of a frame's messages
 * with that name: whichever way a kit works, callbacks of the page and the element are not called and
 * not replaced.
 */
export class CallbackProbe {
  readonly calls: Call[] = [];
  readonly #name: string;
  #event: Event | null = null;

  /** @param name what no other probe of the page has. */
  constructor(name: string | number) {
    this.#name = `${probeName}-${name}`;
  }

  /** Registers one of the callbacks with the kit. */
  register(callback: Call['callback']): void {
    const page = window as unknown as { _qual_async?: { push?(command: unknown[]): unknown } };
    const hear = (data: unknown): void => {
      this.calls.push({ callback, isInEvent: window.event === this.#event, data });
    };
    page._qual_async?.push?.(['registerChildMessageCallback', this.#name, hear]);
  }

  /** Dispatches a copy of a message on the page, with the probe's name in place of `name`. */
  repeat({ data, origin, source }: MessageEvent, name: string): void {
    const copy = renamed(data, name, this.#name);
    // Firefox's constructor refuses a window of another origin.
    const event = new MessageEvent('message', { data: copy, origin });
    this.#event = Object.defineProperty(event, 'source', { value: source });
    window.dispatchEvent(event);
  }

  /** Which of the callbacks were called; undefined if none was. */
  get called(): Called | undefined {
    const [first, ...others] = this.calls.map(({ callback }) => callback);
    return others.some((callback) => callback !== first) ? 'all' : first;
  }
}

/** Data with a message's name replaced; null if the name is not in it. */
export function renamed(data: unknown, name: string, replacement: string): unknown {
  let isFound = false;
  const rename = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string' && value.includes(name)) {
      isFound = true;
      return value.replaceAll(name, replacement);
    }
    if (typeof value !== 'object' || value === null || depth > deepest) return value;
    if (Array.isArray(value)) return value.map((each) => rename(each, depth + 1));
    const members = Object.entries(value).map(([key, each]) => [key, rename(each, depth + 1)]);
    return Object.fromEntries(members);
  };
  const result = rename(data, 0);
  return isFound ? result : null;
}
