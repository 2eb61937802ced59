import { readAnswer, type TokenAnswer } from './endpoint-answer.js';
import { askEndpoint } from './endpoint-request.js';
import { configInvalid, QualifioError } from '../errors.js';

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
export interface TokenSourceSettings {
  endpoint: URL | null;
  provider: TokenProvider | null;
  /** Deadline for one token, retries included, in milliseconds. */
  timeout: number;
  /** Campaign host, which the endpoint's `hosts` has to name where it sends one. */
  host: string;
}

/**
 * Asks the publisher's endpoint, or the page's provider, for one token.
 *
 * Follows the contract of the endpoint: retries what can pass, within one deadline; takes 401, 204,
 * `{"token": null}` and a redirect for "signed out"; refuses everything that is not a token. Does
 * **not** look into the token, and keeps nothing.
 *
 * @param spent milliseconds of the deadline that an earlier request has taken.
 * @returns the token, or null where the participant is signed out.
 * @throws {QualifioError} phase `token` (or `HOST_NOT_ALLOWED`, or `CONFIG_INVALID` where there is neither endpoint nor provider); the reason of `request.signal` when that is aborted.
 */
export async function requestToken(
  settings: TokenSourceSettings,
  request: TokenRequest,
  spent: number = 0,
): Promise<TokenAnswer | null> {
  const { provider } = settings;
  const left = settings.timeout - spent;
  request.signal.throwIfAborted();
  const controller = new AbortController();
  const signal = AbortSignal.any([request.signal, controller.signal]);
  const timer = setTimeout(() => controller.abort(timedOut(settings)), left);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
  try {
    const asked = { ...request, signal };
    const answer = provider
      ? askProvider(provider, asked)
      : askForToken(settings, asked, performance.now() + left);
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

async function askForToken(
  { endpoint, host }: TokenSourceSettings,
  { campaignId, signal }: TokenRequest,
  deadline: number,
): Promise<TokenAnswer | null> {
  if (!endpoint) throw configInvalid('auth-endpoint', 'set, or tokenProvider');
  return askEndpoint({
    url: () => {
      const url = new URL(endpoint);
      url.searchParams.set('campaignId', campaignId);
      // A cache of the page's own, such as a service worker's, may keep answers by their address.
      url.searchParams.set('_', Math.random().toString(36).slice(2));
      return url;
    },
    init: { credentials: 'include', cache: 'no-store' },
    signal,
    deadline,
    read: (response) => readAnswer(response, host),
  });
}

function timedOut({ timeout }: TokenSourceSettings): QualifioError {
  const message = `No complete answer within ${timeout} ms (token-timeout).`;
  return new QualifioError('token', 'ENDPOINT_TIMEOUT', message, { recoverable: true });
}
