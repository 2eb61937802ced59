import type { TokenErrorCode } from './token-error.js';

/** What the endpoint has decided, before it is dressed as a `Response`. */
export interface Answer {
  readonly status: number;
  readonly body: string | null;
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

/** One body for every cause of a status: a stranger learns no more than the status says. */
const REFUSALS: Readonly<Record<TokenErrorCode, Refusal>> = {
  METHOD_NOT_ALLOWED,
  ORIGIN_NOT_ALLOWED: FORBIDDEN,
  NOT_SAME_ORIGIN: FORBIDDEN,
  NOT_A_FETCH: FORBIDDEN,
  REQUESTED_WITH_MISSING: FORBIDDEN,
  CAMPAIGN_ID_INVALID: BAD_REQUEST,
  CAMPAIGN_UNKNOWN: NOT_FOUND,
  SIGNED_OUT: UNAUTHORIZED,
  CAMPAIGNS_FAILED: INTERNAL_ERROR,
  PARTICIPANT_INVALID: INTERNAL_ERROR,
  CLAIMS_INVALID: INTERNAL_ERROR,
  SIGNING_FAILED: INTERNAL_ERROR,
};

const ALWAYS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  Vary: 'Cookie, Origin, Sec-Fetch-Site',
  'X-Content-Type-Options': 'nosniff',
};

export function refusal(code: TokenErrorCode): Answer {
  const { status, error } = REFUSALS[code];
  return { status, body: JSON.stringify({ error }) };
}

/** Dresses an answer with the headers that it must have; `listedOrigin` is that of the caller, if listed. */
export function respond(
  { status, body }: Answer,
  method: string,
  listedOrigin: string | null,
): Response {
  const headers: Record<string, string> = {
    ...ALWAYS,
    'Cross-Origin-Resource-Policy': listedOrigin === null ? 'same-origin' : 'cross-origin',
  };
  if (body !== null) headers['Content-Type'] = 'application/json';
  if (status === METHOD_NOT_ALLOWED.status) headers['Allow'] = 'GET, HEAD, OPTIONS';
  if (listedOrigin !== null) {
    headers['Access-Control-Allow-Origin'] = listedOrigin;
    headers['Access-Control-Allow-Credentials'] = 'true';
    headers['Access-Control-Expose-Headers'] = 'Retry-After, Date';
    if (status === 204) {
      headers['Access-Control-Allow-Methods'] = 'GET';
      headers['Access-Control-Allow-Headers'] = 'x-requested-with';
      headers['Access-Control-Max-Age'] = '600';
    }
  }
  return new Response(method === 'HEAD' ? null : body, { status, headers });
}
