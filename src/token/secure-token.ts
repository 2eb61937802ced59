/**
 * Reads a token before the page sends it to Qualifio, to find what would fail there.
 *
 * Reading is not verifying: there is no key, so neither signature nor claims are trusted, and
 * nothing read here may decide what a participant is allowed to do. Qualifio verifies.
 */
import { decode as decodeBase64url } from 'jose/base64url';
import { tokenError, type CodeIn, type QualifioError } from '../errors.js';
import type { TokenFacts } from '../page/page-registry.js';

const jws = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const jwe = /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]*\.[\w-]+$/;

/** Whether a text has the form of a compact JWS or JWE. */
export function isJwt(text: string): boolean {
  try {
    return jws.test(text) || jwe.test(text);
  } finally {
    forget();
  }
}

/**
 * Replaces the text in `RegExp.input` and similar properties, which keep what a regular expression,
 * here or in jose, matched last.
 */
function forget(): void {
  location.protocol.match(/./);
}

/**
 * Checks format, expiry and campaign of a token. Does **not** verify it.
 *
 * @param token a compact JWS or JWE.
 * @param declaredCampaignId technical ID of the campaign, which the token's `campaignId` must be, as text or number; empty accepts any.
 * @param now time in milliseconds since the epoch.
 * @param tell receives what was read, also from a token that is refused.
 * @returns when the token expires; null if it has no `exp`, or is encrypted.
 * @throws {QualifioError} phase `token`: `TOKEN_EMPTY`, `TOKEN_INVALID_FORMAT`, `TOKEN_WRONG_CAMPAIGN`, `TOKEN_EXPIRED`. A JWE is opaque: only its format is checked.
 */
export function readToken(
  token: string,
  declaredCampaignId: string,
  now: number,
  tell: (facts: TokenFacts) => void = () => {},
): Date | null {
  try {
    return read(token, declaredCampaignId, now, tell);
  } finally {
    forget();
  }
}

function read(
  token: string,
  declaredCampaignId: string,
  now: number,
  tell: (facts: TokenFacts) => void,
): Date | null {
  if (!token) throw fault('TOKEN_EMPTY', 'The token is empty.', true);
  const isEncrypted = jwe.test(token);
  if (!isEncrypted && !jws.test(token)) {
    const { length } = token.split('.');
    const isWhole = length === 3 || length === 5;
    throw malformed(isWhole ? 'characters that no JWT has' : `${length} parts, not 3 or 5`);
  }
  const [header, payload] = token.split('.') as [string, string];
  const { alg, kid } = decode(header);
  const { exp, campaignId } = isEncrypted ? {} : decode(payload);
  const isForCampaign =
    campaignId === undefined || !declaredCampaignId
      ? undefined
      : campaignId === declaredCampaignId || isNumber(campaignId, declaredCampaignId);
  const secondsLeft = typeof exp === 'number' ? exp - now / 1000 : undefined;
  tell({ isEncrypted, alg, kid, now, secondsLeft, isForCampaign, campaignId, declaredCampaignId });
  if (typeof alg !== 'string' || !alg || alg.toLowerCase() === 'none')
    throw malformed('no alg, or none');
  if (isForCampaign === false) {
    const message = `The token's campaignId is not ${declaredCampaignId}, which token-campaign-id or the endpoint's tag declares.`;
    throw fault('TOKEN_WRONG_CAMPAIGN', message);
  }
  if (exp === undefined) return null;
  const end = new Date(typeof exp === 'number' ? exp * 1000 : NaN);
  if (Number.isNaN(end.getTime())) throw malformed('an exp that is not in seconds');
  if (end.getTime() <= now) throw fault('TOKEN_EXPIRED', 'The token has expired.', true);
  return end;
}

/** Whether a value is exactly the number that these digits represent. */
function isNumber(value: unknown, digits: string): boolean {
  return Number.isSafeInteger(value) && value === Number(digits);
}

interface Members {
  alg?: unknown;
  kid?: unknown;
  exp?: unknown;
  campaignId?: unknown;
}

/**
 * Decodes a header or a payload: a JSON object in base64url. A parser's error may quote it, and is
 * dropped, so that no claim reaches a log.
 */
function decode(part: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64url(part)));
  } catch {
    // The error below replaces the parser's, which may quote the text.
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('a part that is not a JSON object');
  }
  return Object.assign(Object.create(null) as object, value);
}

/** @param found what is wrong with it, without any of its text. */
function malformed(found: string): QualifioError {
  return fault('TOKEN_INVALID_FORMAT', `The token must be a signed JWT: it has ${found}.`);
}

function fault(code: CodeIn<'token'>, message: string, recoverable = false): QualifioError {
  return tokenError(code, message, { recoverable });
}
