import { kindOf } from './input/kind-of.js';
import { isPlain, isRecord } from './input/option-error.js';
import { TokenError } from './token-error.js';

/**
 * The person who plays, from the publisher's session. Properties that are not listed here are
 * dropped.
 */
export interface Participant {
  /** Stable id of the person on the publisher's side; not empty. */
  readonly sub: string;
  /** Values that prefill the campaign's form, by Qualifio variable: `{email: '…'}`. */
  readonly form?: object | undefined;
  /** Opt-ins already given, by Qualifio variable. */
  readonly optin?: object | undefined;
  /** The publisher's own values. */
  readonly custom?: object | undefined;
  /** Limits on participation, as Qualifio documents them. */
  readonly limit?: { readonly nb?: unknown; readonly canPlay?: unknown } | undefined;
  /** A gift, as Qualifio documents it. */
  readonly gift?: { readonly label?: unknown; readonly cw?: unknown } | undefined;
  /**
   * Qualifio calls the publisher's profile web service with it; becomes the claim `access_token`. Make it
   * valid only for that service, read-only and short-lived, and encrypt the token.
   */
  readonly accessToken?: string | undefined;
}

/** The claims that come from a participant. */
export type ParticipantClaims = Readonly<Record<string, unknown>>;

const objectMembers = ['form', 'optin', 'custom', 'limit', 'gift'] as const;

/**
 * The claims of a participant, from an allow-list.
 * @throws {TokenError} `PARTICIPANT_INVALID`
 */
export function participantClaims(participant: unknown): ParticipantClaims {
  let claims: ParticipantClaims | string;
  try {
    claims = readClaims(participant);
  } catch {
    // A getter that throws could put a claim into its message.
    claims = 'a getter of the participant threw; catch its error to see it';
  }
  if (typeof claims !== 'string') return claims;
  throw new TokenError('PARTICIPANT_INVALID', claims);
}

/** The claims, or what is wrong, without a claim. */
function readClaims(participant: unknown): ParticipantClaims | string {
  if (!isRecord(participant)) return noParticipant(participant);
  const sub = member(participant, 'sub');
  if (typeof sub !== 'string') return `sub of the participant must be text, not ${kindOf(sub)}`;
  if (sub === '') return 'sub of the participant is empty; give the id of the person';
  const claims: Record<string, unknown> = { sub };
  for (const name of objectMembers) {
    const value = member(participant, name);
    if (value === undefined) continue;
    // Other values would become JSON that Qualifio does not read.
    if (!isPlain(value)) {
      return `${name} of the participant must be a plain object, not ${kindOf(value)}`;
    }
    claims[name] = value;
  }
  const accessToken = member(participant, 'accessToken');
  if (accessToken === undefined) return claims;
  if (typeof accessToken !== 'string') {
    return `accessToken of the participant must be text, not ${kindOf(accessToken)}`;
  }
  claims['access_token'] = accessToken;
  return claims;
}

/** What is wrong if the publisher's function throws. */
export const participantThrew = 'participant threw; catch its error to see it';

/** What is wrong if there is no object. */
export function noParticipant(given: unknown): string {
  return `participant must be an object with sub, not ${kindOf(given)}`;
}

/** A property of the object or of its class, but never one that was added to `Object.prototype`. */
function member(source: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(source, name) || !(name in Object.prototype) ? source[name] : undefined;
}
