import type { TokenErrorCode } from './token-error.js';

/** What the endpoint has decided, before it becomes a `Response`. */
export interface Answer {
  readonly status: number;
  readonly body: string | null;
  /** Whether any cache may store it, for a minute; only if it is the same for every participant. */
  readonly isPublic: boolean;
}

interface Refusal {
  readonly status: number;
  readonly error: string;
}

const BAD_REQUEST: Refusal = { status: 400, error: 'BAD_REQUEST' };
const UNAUTHORIZED: Refusal = { status: 401, error: 'UNAUTHORIZED' };
const FORBIDDEN: Refusal = { status: 403, error: 'FORBIDDEN' };
const NOT_FOUND: Refusal = { status: 404, error: 'NOT_FOUND' };
const METHOD_NOT_ALLOWED: Refusal = { status: 405, error: 'METHOD_NOT_ALLOWED' };
const INTERNAL_ERROR: Refusal = { status: 500, error: 'INTERNAL_ERROR' };

/** The body depends only on the status: callers learn no more than the status says. */
const REFUSALS: Readonly<Record<TokenErrorCode, Refusal>> = {
  METHOD_NOT_ALLOWED,
  ORIGIN_NOT_ALLOWED: FORBIDDEN,
  NOT_SAME_ORIGIN: FORBIDDEN,
  NOT_A_FETCH: FORBIDDEN,
  REQUESTED_WITH_MISSING: FORBIDDEN,
  CAMPAIGN_ID_INVALID: BAD_REQUEST,
  PART_INVALID: BAD_REQUEST,
  CAMPAIGN_UNKNOWN: NOT_FOUND,
  TAG_UNKNOWN: NOT_FOUND,
  SIGNED_OUT: UNAUTHORIZED,
  CAMPAIGNS_FAILED: INTERNAL_ERROR,
  PARTICIPANT_INVALID: INTERNAL_ERROR,
  CLAIMS_INVALID: INTERNAL_ERROR,
  SIGNING_FAILED: INTERNAL_ERROR,
  // These two are only reported; if there is no feed to answer from, the answer is CAMPAIGNS_FAILED.
  FEED_FAILED: INTERNAL_ERROR,
  FEED_CHANNEL_SKIPPED: INTERNAL_ERROR,
};

const ALWAYS = {
  'Cache-Control': 'no-store',
  Vary: 'Cookie, Origin, Sec-Fetch-Site',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const JSON_HEADERS = { ...ALWAYS, 'Content-Type': 'application/json' };
const PUBLIC_HEADERS = { ...JSON_HEADERS, 'Cache-Control': 'public, max-age=60' };

export function refusal(code: TokenErrorCode): Answer {
  const { status, error } = REFUSALS[code];
  return { status, body: JSON.stringify({ error }), isPublic: false };
}

/** Makes the response, with its headers; `listedOrigin` is the caller's origin if it is listed, or null. */
export function respond(
  { status, body, isPublic }: Answer,
  method: string,
  listedOrigin: string | null,
): Response {
  // Shared records: building one for each answer took 5 of the 20 microseconds of an answer.
  const withBody = isPublic ? PUBLIC_HEADERS : JSON_HEADERS;
  const common = body === null ? ALWAYS : withBody;
  const headers =
    status === METHOD_NOT_ALLOWED.status ? { ...common, Allow: 'GET, HEAD, OPTIONS' } : common;
  return new Response(method === 'HEAD' ? null : body, {
    status,
    headers:
      listedOrigin === null ? headers : { ...headers, ...sharingHeaders(listedOrigin, method) },
  });
}

/** Headers that let script of a listed origin send the request and read the answer. */
function sharingHeaders(listedOrigin: string, method: string): Readonly<Record<string, string>> {
  return {
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': listedOrigin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Retry-After, Date',
    ...(method === 'OPTIONS' && {
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers': 'x-requested-with',
      'Access-Control-Max-Age': '600',
    }),
  };
}
