import { delay } from '../page/delay.js';
import { answered, endpointFailed } from './endpoint-answer.js';
import { QualifioError, tokenError } from '../errors.js';

const retryable = [408, 425, 429, 500, 502, 503, 504];
const retries = 2;
/** Upper limit of the first random pause, in milliseconds; doubled for the second. */
const pause = 400;
const longestRetryAfter = 60_000;

/** One request to the publisher's endpoint. */
export interface EndpointRequest<Answer> {
  /** Returns the address of each attempt. */
  url: () => URL;
  /** Credentials and cache mode. */
  init: RequestInit;
  signal: AbortSignal;
  /** Time by `performance.now()` after which nothing is retried. */
  deadline: number;
  /** Reads an answer whose status is not retried. */
  read: (response: Response) => Promise<Answer>;
}

/**
 * Asks the publisher's endpoint. Retries after a temporary error status or a network failure, with full
 * jitter or after `Retry-After` (up to 60 s). Does not follow redirects.
 *
 * @throws {QualifioError} what `read` throws; `ENDPOINT_FAILED` for the last temporary error status; `ENDPOINT_UNREACHABLE`.
 * @throws the reason of `signal` when that is aborted.
 */
export async function askEndpoint<Answer>({
  url,
  init,
  signal,
  deadline,
  read,
}: EndpointRequest<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    let failure: QualifioError;
    let response: Response | undefined;
    let wait = Math.random() * pause * 2 ** attempt;
    try {
      const request = {
        // A polluted prototype must not make it a POST.
        __proto__: null,
        ...init,
        redirect: 'manual' as const,
        headers: {
          Accept: 'application/json, application/jwt;q=0.9',
          'X-Requested-With': 'qualifio-campaign',
        },
        signal,
      };
      // Libraries that replace `fetch` may expect a string.
      response = await fetch(url().href, request);
      if (!retryable.includes(response.status)) return await read(response);
      failure = endpointFailed(response, true);
      wait = retryAfter(response.headers) ?? wait;
    } catch (error) {
      if (error instanceof QualifioError) throw error;
      failure = unreachable(error, response);
    }
    signal.throwIfAborted();
    if (attempt === retries || performance.now() + wait >= deadline) throw failure;
    await delay(wait, signal);
  }
}

/** For a query: a service worker, for example, may cache answers by their address. */
export function uniqueText(): string {
  return Math.random().toString(36).slice(2);
}

/** Milliseconds from `Retry-After`, in seconds or as a date; undefined if it is neither. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const milliseconds = [parseFloat(value) * 1000, Date.parse(value) - now].find(
    (n) => !Number.isNaN(n),
  );
  return milliseconds && Math.min(Math.max(milliseconds, 0), longestRetryAfter);
}

/** The error for no answer, or an incomplete one. */
function unreachable(cause: unknown, response: Response | undefined): QualifioError {
  const message = response
    ? `The token endpoint answered ${answered(response)}, but the answer is incomplete.`
    : 'The token endpoint cannot be reached: network, or CORS.';
  return tokenError('ENDPOINT_UNREACHABLE', message, { cause, recoverable: true });
}
