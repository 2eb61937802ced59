import { report } from './error-listener.js';
import { isSurelyTooLarge, maxJsonBytes } from './json-size.js';
import { foundName } from './input/kind-of.js';
import { isPlain, optionError } from './input/option-error.js';
import { readRequest } from './input/web-request.js';
import { readFunction, readOptions } from './options.js';
import { participantClaims, participantThrew, type Participant } from './participant.js';
import type { TokenError, TokenErrorContext } from './token-error.js';

/** Answers one request. Rejects only with a `TypeError`, if the argument is not a web `Request`. */
export type ProfileEndpoint = (request: Request) => Promise<Response>;

/**
 * Why a request got no profile, as `onError` receives it. The set is closed and stable.
 *
 * | code | status | cause |
 * |---|---|---|
 * | `METHOD_NOT_ALLOWED` | 405 | neither GET nor HEAD |
 * | `ACCESS_TOKEN_IN_QUERY` | 400 | an access token in the URL, which logs would store |
 * | `ACCESS_TOKEN_MISSING` | 401 | no header with exactly one access token |
 * | `ACCESS_TOKEN_REFUSED` | 401 | `participant` returned null: the token is unknown or has expired |
 * | `PARTICIPANT_INVALID` | 500 | `participant` threw, or returned something that is not a participant |
 * | `PROFILE_INVALID` | 500 | `form` cannot be written as JSON, or is over 8,192 bytes |
 */
export type ProfileErrorCode =
  | 'METHOD_NOT_ALLOWED'
  | 'ACCESS_TOKEN_IN_QUERY'
  | 'ACCESS_TOKEN_MISSING'
  | 'ACCESS_TOKEN_REFUSED'
  | 'PARTICIPANT_INVALID'
  | 'PROFILE_INVALID';

/** Options of {@link createProfileEndpoint}. */
export interface ProfileEndpointOptions {
  /**
   * Returns the participant that an access token belongs to, or null or undefined if the token is
   * unknown or has expired (401). Look only at the token: a cookie says nothing about this request. If
   * it throws, the answer is 500 and the error is not logged.
   */
  readonly participant: (
    accessToken: string,
    request: Request,
  ) => Participant | null | undefined | Promise<Participant | null | undefined>;
  /** The property of the answer that contains the form. Default none: the answer is the form itself. */
  readonly field?: string | undefined;
  /**
   * The header that contains the access token. Default `Authorization`, which must be `Bearer` and the
   * token. In another header, `Bearer` may be left out.
   */
  readonly header?: string | undefined;
  /**
   * Receives the reason why a request got no profile, and the milliseconds that it took; `campaignId`
   * is always null. For `PARTICIPANT_INVALID`, `reason` says what is wrong. Never an access token, a participant or an error object.
   */
  readonly onError?: ((code: ProfileErrorCode, context: TokenErrorContext) => unknown) | undefined;
}

const optionNames: ReadonlySet<string> = new Set(['participant', 'field', 'header', 'onError']);

type Decision =
  | { readonly profile: string }
  | { readonly code: ProfileErrorCode; readonly reason?: string | undefined };

interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const unauthorized: Refusal = {
  status: 401,
  error: 'UNAUTHORIZED',
  headers: { 'WWW-Authenticate': 'Bearer' },
};
const internalError: Refusal = { status: 500, error: 'INTERNAL_ERROR' };

const refusals: Readonly<Record<ProfileErrorCode, Refusal>> = {
  METHOD_NOT_ALLOWED: {
    status: 405,
    error: 'METHOD_NOT_ALLOWED',
    headers: { Allow: 'GET, HEAD' },
  },
  ACCESS_TOKEN_IN_QUERY: { status: 400, error: 'BAD_REQUEST' },
  ACCESS_TOKEN_MISSING: unauthorized,
  ACCESS_TOKEN_REFUSED: unauthorized,
  PARTICIPANT_INVALID: internalError,
  PROFILE_INVALID: internalError,
};

/**
 * Makes the web service that Qualifio calls for a token that contains an access token (`accessToken` of a
 * participant) and not the participant's data: `GET` with `Authorization: Bearer <access token>` answers
 * 200 with the participant's `form` as JSON, `{}` if there is none.
 *
 * The shape of Qualifio's request is not public. Agree on it with Qualifio; `field` and `header` set the
 * parts that may differ.
 *
 * It is called by a server, not by a page: it does not look at cookies, sends no CORS headers, and refuses
 * access tokens in the query (400). It does not make access tokens or remember them: your authorization
 * server does, and decides how long they are valid. It does not limit rates.
 *
 * @throws {TypeError} immediately, naming the option: `participant`, `field`, `header` or `onError`
 *
 * @example
 * ```ts
 * export const GET = createProfileEndpoint({
 *   participant: async (accessToken) => {
 *     const user = await findUserByAccessToken(accessToken);
 *     return user && { sub: user.id, form: { email: user.email } };
 *   },
 * });
 * ```
 */
export function createProfileEndpoint(options: ProfileEndpointOptions): ProfileEndpoint {
  const given = readOptions(options, optionNames);
  const find = readFunction<ProfileEndpointOptions['participant']>(
    'participant',
    given['participant'],
  );
  const field = readField(given['field']);
  const header = readHeader(given['header']);
  const onError = readFunction<NonNullable<ProfileEndpointOptions['onError']>>(
    'onError',
    given['onError'],
    () => undefined,
  );
  const common = {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
    'Cross-Origin-Resource-Policy': 'same-origin',
    Vary: header,
    'X-Content-Type-Options': 'nosniff',
  };

  async function decide(request: Request): Promise<Decision> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { code: 'METHOD_NOT_ALLOWED' };
    const accessToken = readAccessToken(header, request.headers.get(header));
    if (hasAccessToken(request.url, accessToken)) return { code: 'ACCESS_TOKEN_IN_QUERY' };
    if (accessToken === null) return { code: 'ACCESS_TOKEN_MISSING' };
    let participant: unknown;
    try {
      participant = await find(accessToken, request);
    } catch {
      // The publisher's error may quote the access token, so it is not passed on.
      return { code: 'PARTICIPANT_INVALID', reason: participantThrew };
    }
    if (participant === null || participant === undefined) return { code: 'ACCESS_TOKEN_REFUSED' };
    let form: unknown;
    try {
      form = participantClaims(participant)['form'] ?? {};
    } catch (error) {
      return { code: 'PARTICIPANT_INVALID', reason: (error as TokenError).reason };
    }
    const profile = writeProfile(form, field);
    return profile === null ? { code: 'PROFILE_INVALID' } : { profile };
  }

  return async (argument) => {
    const request = readRequest(argument);
    const begin = performance.now();
    const decision = await decide(request);
    const isHead = request.method === 'HEAD';
    if ('profile' in decision) {
      return new Response(isHead ? null : decision.profile, { status: 200, headers: common });
    }
    const { status, error, headers } = refusals[decision.code];
    void report(onError, decision.code, {
      campaignId: null,
      milliseconds: performance.now() - begin,
      ...(decision.reason && { reason: decision.reason }),
    });
    const body = isHead ? null : JSON.stringify({ error });
    return new Response(body, { status, headers: { ...common, ...headers } });
  };
}

/** A name that HTTP allows. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;

function readHeader(header: unknown = 'Authorization'): string {
  if (typeof header !== 'string' || !headerName.test(header)) {
    throw optionError(
      'header',
      `must be a header's name, such as X-Access-Token, not ${foundName(header)}`,
    );
  }
  if (header.toLowerCase() !== 'cookie') return header;
  throw optionError(
    'header',
    'must not be Cookie, which does not say which server asks; use another header',
  );
}

function readField(field: unknown): string | undefined {
  if (field === undefined || (typeof field === 'string' && field !== '')) return field;
  throw optionError('field', `must be the name of a property, not ${foundName(field)}`);
}

/** One access token; RFC 6750 allows fewer characters, but not every server keeps to it. */
const bearer = /^Bearer +([\x21-\x7e]{1,8192})$/i;
const bare = /^[\x21-\x7e]{1,8192}$/;

function readAccessToken(header: string, value: string | null): string | null {
  const token = bearer.exec(value ?? '')?.[1];
  if (token !== undefined) return token;
  return value !== null && header.toLowerCase() !== 'authorization' && bare.test(value)
    ? value
    : null;
}

/** Names of query parameters, in lower case and without `-` and `_`, that contain an access token. */
const tokenNames: ReadonlySet<string> = new Set(
  'accesstoken token bearer bearertoken authorization jwt qualtoken'.split(' '),
);

function hasAccessToken(url: string, accessToken: string | null): boolean {
  return [...new URLSearchParams(url.split('?')[1])].some(
    ([name, value]) =>
      tokenNames.has(name.toLowerCase().replace(/[-_]/g, '')) || value === accessToken,
  );
}

/** The JSON of the profile, or null if it cannot be written or is too large. */
function writeProfile(form: unknown, field: string | undefined): string | null {
  try {
    if (!isPlain(form) || isSurelyTooLarge(form)) return null;
    const text = JSON.stringify(form);
    if (new TextEncoder().encode(text).length > maxJsonBytes || !text.startsWith('{')) return null;
    return field === undefined ? text : `{${JSON.stringify(field)}:${text}}`;
  } catch {
    // The message of JSON.stringify names the properties of a cycle.
    return null;
  }
}
