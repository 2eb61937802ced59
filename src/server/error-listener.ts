/**
 * Which listener receives an error. A campaign feed knows only the request of a look-up, which a
 * publisher's own `campaigns` function passes on. So the endpoint stores its listener here, by
 * request. An entry exists no longer than its request.
 */
import type { TokenErrorCode, TokenErrorContext } from './token-error.js';

/** A publisher's `onError`. */
export type ErrorListener = (code: TokenErrorCode, context: TokenErrorContext) => unknown;

const listeners = new WeakMap<Request, ErrorListener>();

/** Stores the listener for reports about a request. */
export function listenFor(request: Request, listener: ErrorListener): void {
  listeners.set(request, listener);
}

/** The listener for reports about a request; undefined if no endpoint stored one. */
export function listenerOf(request: Request | undefined): ErrorListener | undefined {
  return request && listeners.get(request);
}

/**
 * Calls a publisher's listener. One that fails must not turn an answer into a crash. A promise that it
 * rejects must not cause a warning.
 */
export async function report<Args extends readonly unknown[]>(
  listener: (...args: Args) => unknown,
  ...args: Args
): Promise<void> {
  try {
    await listener(...args);
  } catch {
    // The publisher's own listener failed: there is nowhere to report this.
  }
}
