import { endpointFailed, readAnswer, type TokenAnswer } from './endpoint-answer.js';
import { configInvalid, QualifioError } from './errors.js';

/** Why a token is asked for. */
export type TokenReason = 'requested' | 'expired' | 'empty' | 'resumed' | 'pre-login';

/** What a {@link TokenProvider} is told. */
export interface TokenRequest {
  campaignId: string;
  /**
   * `requested`: the campaign asked. `expired`, `empty`: the last token was refused for that.
   * `resumed`: after a log-in. `pre-login`: only to know whether the participant is signed in.
   */
  reason: TokenReason;
  /** 1, or 2 where the first token of this request turned out to have expired. */
  attempt: number;
  /** Aborted when the answer is no longer wanted: element removed, or `token-timeout` over. */
  signal: AbortSignal;
}

/**
 * Gives a fresh token for each request, or null where the participant is signed out. May be set
 * as the element's `tokenProvider`, in place of an endpoint.
 */
export type TokenProvider = (request: TokenRequest) => Promise<string | null>;

/** Where a token comes from, and how long to wait for it. */
export interface TokenSettings {
  endpoint: URL | null;
  provider: TokenProvider | null;
  /** Deadline for one token, retries included, in milliseconds. */
  timeout: number;
  /** Campaign host, which the endpoint's `hosts` has to name where it sends one. */
  host: string;
}

const retryable = [408, 425, 429, 500, 502, 503, 504];
const retries = 2;
/** Upper end of the first random pause, in milliseconds; doubled for the second. */
const pause = 400;
const longestRetryAfter = 60_000;

/**
 * Asks the publisher's endpoint, or the page's provider, for one token.
 *
 * Follows the contract of the endpoint: retries what can pass, within one deadline; takes 401, 204,
 * `{"token": null}` and a redirect for "signed out"; refuses everything that is not a token. Does
 * **not** look into the token, and keeps nothing.
 *
 * @returns the token, or null where the participant is signed out.
 * @throws {QualifioError} phase `token` (or `HOST_NOT_ALLOWED`, or `CONFIG_INVALID` where there is neither endpoint nor provider); the reason of `request.signal` when that is aborted.
 */
export async function requestToken(
  settings: TokenSettings,
  request: TokenRequest,
): Promise<TokenAnswer | null> {
  const { provider, timeout } = settings;
  request.signal.throwIfAborted();
  const controller = new AbortController();
  const signal = AbortSignal.any([request.signal, controller.signal]);
  const timer = setTimeout(() => controller.abort(timedOut(settings)), timeout);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  try {
    const asked = { ...request, signal };
    const answer = provider
      ? askProvider(provider, asked)
      : askEndpoint(settings, asked, performance.now() + timeout);
    return await Promise.race([answer, ended]);
  } catch (error) {
    // WebKit's fetch rejects with an AbortError whatever the reason: the signal tells the truth.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    // What is left of an answer need not come.
    if (!provider) controller.abort();
  }
}

async function askProvider(
  provider: TokenProvider,
  request: TokenRequest,
): Promise<TokenAnswer | null> {
  let token: unknown;
  try {
    token = await provider(request);
  } catch (cause) {
    throw providerFailed(cause);
  }
  if (token === null) return null;
  if (typeof token === 'string') return { token, now: Date.now() };
  throw providerFailed();
}

function providerFailed(cause?: unknown): QualifioError {
  const message = 'tokenProvider has to give a token or null when signed out.';
  return new QualifioError('token', 'PROVIDER_FAILED', message, { cause, recoverable: true });
}

async function askEndpoint(
  { endpoint, host }: TokenSettings,
  { campaignId, signal }: TokenRequest,
  deadline: number,
): Promise<TokenAnswer | null> {
  if (!endpoint) {
    throw configInvalid('auth-endpoint', 'set, or tokenProvider');
  }
  const url = new URL(endpoint);
  url.searchParams.set('campaignId', campaignId);
  for (let attempt = 0; ; attempt++) {
    let failure: QualifioError;
    let wait = Math.random() * pause * 2 ** attempt;
    try {
      const response = await fetch(url, {
        credentials: 'include',
        cache: 'no-store',
        redirect: 'manual',
        headers: {
          Accept: 'application/json, application/jwt;q=0.9',
          'X-Requested-With': 'qualifio-campaign',
        },
        signal,
      });
      if (!retryable.includes(response.status)) return await readAnswer(response, host);
      failure = endpointFailed(response.status, true);
      wait = retryAfter(response.headers) ?? wait;
    } catch (error) {
      if (error instanceof QualifioError) throw error;
      failure = unreachable(error);
    }
    signal.throwIfAborted();
    if (attempt === retries || performance.now() + wait >= deadline) throw failure;
    await delay(wait, signal);
  }
}

/** Milliseconds from `Retry-After`, in seconds or as a date; undefined where it is neither. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After') ?? '';
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const milliseconds = [parseFloat(value) * 1000, Date.parse(value) - now].find(
    (n) => !Number.isNaN(n),
  );
  return milliseconds && Math.min(Math.max(milliseconds, 0), longestRetryAfter);
}

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** No answer, or half of one. */
function unreachable(cause: unknown): QualifioError {
  const message = 'The token endpoint cannot be reached: network, or CORS.';
  return new QualifioError('token', 'ENDPOINT_UNREACHABLE', message, { cause, recoverable: true });
}

function timedOut({ timeout }: TokenSettings): QualifioError {
  const message = `No complete answer within ${timeout} ms (token-timeout).`;
  return new QualifioError('token', 'ENDPOINT_TIMEOUT', message, { recoverable: true });
}
