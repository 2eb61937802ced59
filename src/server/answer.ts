import type { TokenErrorCode } from './token-error.js';

/** The endpoint's decision, before it becomes a `Response`. */
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

const badRequest: Refusal = { status: 400, error: 'BAD_REQUEST' };
const unauthorized: Refusal = { status: 401, error: 'UNAUTHORIZED' };
const forbidden: Refusal = { status: 403, error: 'FORBIDDEN' };
const notFound: Refusal = { status: 404, error: 'NOT_FOUND' };
const methodNotAllowed: Refusal = { status: 405, error: 'METHOD_NOT_ALLOWED' };
const internalError: Refusal = { status: 500, error: 'INTERNAL_ERROR' };

/** The body depends only on the status: callers learn no more than the status says. */
const refusals: Readonly<Record<TokenErrorCode, Refusal>> = {
  METHOD_NOT_ALLOWED: methodNotAllowed,
  ORIGIN_NOT_ALLOWED: forbidden,
  NOT_SAME_ORIGIN: forbidden,
  NOT_A_FETCH: forbidden,
  REQUESTED_WITH_MISSING: forbidden,
  CAMPAIGN_ID_INVALID: badRequest,
  PART_INVALID: badRequest,
  CAMPAIGN_UNKNOWN: notFound,
  TAG_UNKNOWN: notFound,
  SIGNED_OUT: unauthorized,
  CAMPAIGNS_FAILED: internalError,
  PARTICIPANT_INVALID: internalError,
  CLAIMS_INVALID: internalError,
  SIGNING_FAILED: internalError,
  // These two are only reported; if there is no feed to answer from, the answer is CAMPAIGNS_FAILED.
  FEED_FAILED: internalError,
  FEED_CHANNEL_SKIPPED: internalError,
};

const commonHeaders = {
  'Cache-Control': 'no-store',
  Vary: 'Cookie, Origin, Sec-Fetch-Site',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const jsonHeaders = { ...commonHeaders, 'Content-Type': 'application/json' };
const publicHeaders = { ...jsonHeaders, 'Cache-Control': 'public, max-age=60' };

export function refusal(code: TokenErrorCode): Answer {
  const { status, error } = refusals[code];
  return { status, body: JSON.stringify({ error }), isPublic: false };
}

/** Makes the response, with its headers; `listedOrigin` is the caller's origin if it is listed, or null. */
export function respond(
  { status, body, isPublic }: Answer,
  method: string,
  listedOrigin: string | null,
): Response {
  // Shared records: building one for each answer took a quarter of its time.
  const withBody = isPublic ? publicHeaders : jsonHeaders;
  const common = body === null ? commonHeaders : withBody;
  const headers =
    status === methodNotAllowed.status ? { ...common, Allow: 'GET, HEAD, OPTIONS' } : common;
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
