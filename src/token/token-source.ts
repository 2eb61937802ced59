import { readAnswer, type TokenAnswer } from './endpoint-answer.js';
import { askEndpoint, uniqueText } from './endpoint-request.js';
import type { SignedOutCause } from '../events.js';
import { configInvalid, tokenError, type QualifioError } from '../errors.js';

/** Why a token is requested. */
export type TokenReason = 'requested' | 'expired' | 'empty' | 'resumed' | 'pre-login';

/** What a {@link TokenProvider} receives. */
export interface TokenRequest {
  campaignId: string;
  /**
   * `requested`: the campaign asked. `expired`, `empty`: the last token was refused for that reason.
   * `resumed`: after a login. `pre-login`: only to find out whether the participant is signed in.
   */
  reason: TokenReason;
  /** 1, or 2 if the first token of this request had expired. */
  attempt: number;
  /** Aborted when the answer is no longer needed: the element is removed, or `token-timeout` is over. */
  signal: AbortSignal;
}

/**
 * Returns a new token for each request, or null if the participant is signed out. Set it as the
 * element's `tokenProvider`, instead of an endpoint.
 */
export type TokenProvider = (request: TokenRequest) => Promise<string | null>;

/** Where a token comes from, and how long to wait for it. */
export interface TokenSourceSettings {
  endpoint: URL | null;
  provider: TokenProvider | null;
  /** Deadline for one token, retries included, in milliseconds. */
  timeout: number;
  /** Campaign host, which the endpoint's `hosts` must name if it sends them. */
  host: string;
}

/**
 * Requests one token from the publisher's endpoint, or from the page's provider.
 *
 * Follows the contract of the endpoint: retries temporary failures, within one deadline; treats 401,
 * 204, `{"token": null}` and a redirect as "signed out"; refuses everything that is not a token. Does
 * **not** read the token, and stores nothing.
 *
 * @param spent milliseconds of the deadline that an earlier request has used.
 * @returns the token, or why the participant counts as signed out.
 * @throws {QualifioError} phase `token` (or `HOST_NOT_ALLOWED`, or `CONFIG_INVALID` if there is neither endpoint nor provider); the reason of `request.signal` when that is aborted.
 */
export async function requestToken(
  settings: TokenSourceSettings,
  request: TokenRequest,
  spent: number = 0,
): Promise<TokenAnswer | SignedOutCause> {
  const { provider } = settings;
  const left = settings.timeout - spent;
  request.signal.throwIfAborted();
  const controller = new AbortController();
  const signal = AbortSignal.any([request.signal, controller.signal]);
  const timer = setTimeout(() => {
    const message = `No complete answer within ${settings.timeout} ms (token-timeout).`;
    controller.abort(tokenError('ENDPOINT_TIMEOUT', message, { recoverable: true }));
  }, left);
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
    // WebKit's fetch always rejects with an AbortError: the signal has the real reason.
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    // The rest of an answer is not needed. Without a reason, this would create an error with its
    // stack, which costs milliseconds while the frame waits.
    if (!provider) controller.abort(0);
  }
}

async function askProvider(
  provider: TokenProvider,
  request: TokenRequest,
): Promise<TokenAnswer | SignedOutCause> {
  let token: unknown;
  try {
    token = await provider(request);
  } catch (cause) {
    throw providerFailed('threw or rejected', cause);
  }
  if (token === null) return 'provider';
  if (typeof token === 'string') return { token, now: Date.now() };
  throw providerFailed(
    `returned ${token === undefined ? 'nothing' : `a value of type ${typeof token}`}`,
  );
}

function providerFailed(what: string, cause?: unknown): QualifioError {
  const message = `tokenProvider ${what}. It must return a token, or null when signed out.`;
  return tokenError('PROVIDER_FAILED', message, { cause, recoverable: true });
}

async function askForToken(
  { endpoint, host }: TokenSourceSettings,
  { campaignId, signal }: TokenRequest,
  deadline: number,
): Promise<TokenAnswer | SignedOutCause> {
  if (!endpoint) throw configInvalid('auth-endpoint', 'set, or tokenProvider');
  return askEndpoint({
    url: () => {
      const url = new URL(endpoint);
      url.searchParams.set('campaignId', campaignId);
      url.searchParams.set('_', uniqueText());
      return url;
    },
    init: { credentials: 'include', cache: 'no-store' },
    signal,
    deadline,
    read: (response) => readAnswer(response, host),
  });
}
