import type { Context } from '../context.js';
import type { Answer } from '../http/requester.js';
import type { Verdict } from '../report.js';

export type Claims = Readonly<Record<string, unknown>>;

/** A token's claims, and what they are compared with. */
export interface ClaimFacts {
  readonly claims: Claims;
  readonly answer: Answer;
  /** In bytes. */
  readonly payloadSize: number;
  /** Whether the whole answer is too large. */
  readonly isLarge: boolean;
  /** The technical ID that the token must name; empty if it is not known. */
  readonly wanted: string;
  /** The number in the tag. */
  readonly number: string;
}

const longestLife = 600;
const largestPayload = 8192;
/** A thousand years in seconds: the current time in milliseconds is a larger number. */
const millisecondsAsSeconds = 3.2e10;
/** Seconds by which a token may be ahead of the answer's `Date`, which has no fractions. */
const tolerance = 5;
const personal =
  /^(e?mail|(first|last|full|given|family|middle|nick|sur|user)?_?name|(tele)?phone(_?number)?|mobile|address|street|zip_?code|postal_?code|locality|city|birth_?(day|date)|date_?of_?birth|gender|sex|picture|iban)$/i;

/** Checks the claims of a JWS. */
export function checkClaims({ report, secrets }: Context, on: string, facts: ClaimFacts): void {
  const { claims, answer, payloadSize, isLarge } = facts;
  const date = Date.parse(answer.header('Date'));
  const now = (Number.isNaN(date) ? answer.received : date) / 1000;
  report.add('token-lifetime', on, lifetime(claims, now));
  report.add('token-time', on, validity(claims, now));
  const { sub, jti } = claims;
  report.add('token-sub', on, subject(sub));
  report.add('token-campaign', on, campaign(facts));
  report.add('token-jti', on, jti === undefined ? ['warn', 'no jti'] : ['pass', 'it is there']);
  if (isLarge) report.add('token-payload', on, ['skipped', 'see token-size']);
  else {
    const isHeavy = payloadSize > largestPayload;
    report.add('token-payload', on, [isHeavy ? 'warn' : 'pass', `${payloadSize} bytes`]);
  }
  const names = personalNames(claims).map((name) => secrets.hide(name));
  report.add(
    'token-personal-data',
    on,
    names.length > 0
      ? ['warn', `claims that every script of the page can read: ${names.join(', ')}`]
      : ['pass', 'no claim has a name of personal data'],
  );
}

function lifetime({ exp, iat }: Claims, now: number): Verdict {
  if (exp === undefined) return ['fail', 'no exp: the token never expires'];
  if (typeof exp !== 'number') return ['fail', 'exp is not a number'];
  if (exp > millisecondsAsSeconds) return ['fail', 'exp is in milliseconds', 'Set exp in seconds.'];
  const life = Math.round(exp - (typeof iat === 'number' ? iat : now));
  return [life > longestLife ? 'fail' : 'pass', `${life} s`];
}

function validity({ exp, iat, nbf }: Claims, now: number): Verdict {
  const seconds = (time: number) => `${Math.round(Math.abs(time - now))} s`;
  if (typeof exp === 'number' && exp <= now) return ['fail', `expired ${seconds(exp)} ago`];
  for (const [name, time] of Object.entries({ nbf, iat })) {
    if (typeof time === 'number' && time > now + tolerance) {
      return ['fail', `${name} is ${seconds(time)} in the future`];
    }
  }
  return ['pass', 'valid at the Date of the answer'];
}

function campaign({ claims, wanted, number }: ClaimFacts): Verdict {
  const { campaignId } = claims;
  if (campaignId === undefined) return ['fail', 'no campaignId'];
  const isText = typeof campaignId === 'string' || typeof campaignId === 'number';
  const given = isText ? String(campaignId) : '';
  if (!/^\d{1,20}$/.test(given)) return ['fail', 'campaignId is not a number in digits'];
  if (wanted && given !== wanted) {
    const isTag = given === number ? ', the number in the tag' : '';
    return ['fail', `${given}${isTag}, not ${wanted}`];
  }
  if (given === number) return sameNumber(given);
  return ['pass', wanted ? given : `${given}; not compared without --token-campaign`];
}

/** The verdict on a technical ID that is also the number in the tag. */
export const sameNumber = (id: string): Verdict => [
  'pass',
  `${id}, which is also the number in the tag: these normally differ. Compare \`campaign-id\` with the number in the tag (\`qualifio_insert_place_…\`), and \`campaignId\` in the token with the campaign’s technical ID; the campaign feed has both`,
];

/** Names of claims, also of those inside others, that personal data usually has. */
function personalNames(claims: Claims): string[] {
  const found = new Set<string>();
  const waiting: unknown[] = [claims];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (personal.test(name)) found.add(name);
      if (member !== undefined) waiting.push(member);
    }
  }
  return [...found].slice(0, 20);
}

function subject(sub: unknown): Verdict {
  if (typeof sub === 'string' && sub.trim() !== '') return ['pass', 'it is there'];
  if (sub === undefined) return ['fail', 'no sub'];
  return [
    'fail',
    `sub is ${sub === null ? 'null' : typeof sub === 'string' ? 'empty' : 'not text'}`,
  ];
}
