/**
 * Who hears of an error. A campaign feed answers a look-up and knows only the request, which a publisher's
 * own `campaigns` function passes on to it; so the endpoint notes here, by request, who listens. An entry
 * lives no longer than its request.
 */
import type { TokenErrorCode, TokenErrorContext } from './token-error.js';

/** An `onError` of the publisher's. */
export type ErrorListener = (code: TokenErrorCode, context: TokenErrorContext) => unknown;

const listeners = new WeakMap<Request, ErrorListener>();

/** Notes who hears what is reported on behalf of a request. */
export function listenFor(request: Request, listener: ErrorListener): void {
  listeners.set(request, listener);
}

/** Who hears what is reported on behalf of a request; undefined where no endpoint has passed it on. */
export function listenerOf(request: Request | undefined): ErrorListener | undefined {
  return request && listeners.get(request);
}

/** A listener that fails must not turn a refusal into a crash, nor a rejection into a warning. */
export async function report(
  listener: ErrorListener,
  code: TokenErrorCode,
  context: TokenErrorContext,
): Promise<void> {
  try {
    await listener(code, context);
  } catch {
    // It is the publisher's own way of hearing of errors that has failed.
  }
}
