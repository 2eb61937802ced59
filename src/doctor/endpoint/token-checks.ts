import { compactVerify, decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import type { Context, TargetCampaign } from '../context.js';
import type { Answer } from '../http/requester.js';
import type { Report, Verdict } from '../report.js';
import type { Secrets } from '../secrets.js';
import { checkClaims, sameNumber, type Claims } from './claim-checks.js';
import { cacheNote, importKey, type KeySource } from './key-source.js';

/** A token that an endpoint issued. */
export interface IssuedToken {
  readonly campaign: TargetCampaign;
  readonly token: string;
  readonly answer: Answer;
  /** Whether it is a second token for the same campaign. */
  readonly isSecond: boolean;
}

const largestAnswer = 65_536;
const documented = /^(RS|ES|HS)(256|384|512)$/;

/** Checks the tokens that an endpoint issued. */
export async function checkTokens(
  context: Context,
  issued: readonly IssuedToken[],
  keys: KeySource,
): Promise<void> {
  const ids = new Map<string, unknown>();
  for (const one of issued) {
    const { secrets, report } = context;
    const on = `campaign ${one.campaign.number}`;
    const claims = read(() => decodeJwt(one.token) as Claims);
    secrets.addToken(one.token, claims);
    if (one.isSecond) {
      // A token that cannot be read has this check skipped already.
      if (report.has('token-jti-twice')) continue;
      report.add('token-jti-twice', on, twiceVerdict(ids.get(on), claims?.['jti']));
      continue;
    }
    ids.set(on, claims?.['jti']);
    await checkToken(context, on, one, keys);
  }
}

async function checkToken(
  context: Context,
  on: string,
  one: IssuedToken,
  keys: KeySource,
): Promise<void> {
  const { report, secrets, options } = context;
  const { token, answer, campaign } = one;
  const isLarge = answer.body.length > largestAnswer;
  report.add('token-size', on, [isLarge ? 'fail' : 'pass', `${answer.body.length} bytes`]);
  checkClock(report, on, answer);
  if (/^Bearer\s/i.test(token)) {
    const fix = 'Answer the token alone, without `Bearer` and the space after it.';
    report.add('token-form', on, ['fail', '`Bearer` is before the token', fix]);
    return report.skipRest('token', on, 'the token cannot be read: see token-form');
  }
  const parts = token.split('.');
  const header = read(() => decodeProtectedHeader(token));
  if (!parts.every((part) => /^[\w-]*$/.test(part)) || !header || ![3, 5].includes(parts.length)) {
    const found = `no JWT: ${parts.length} parts${header ? '' : ', and no readable header'}`;
    report.add('token-form', on, ['fail', found]);
    return report.skipRest('token', on, 'the token cannot be read: see token-form');
  }
  const { alg } = header;
  const name = typeof alg === 'string' ? secrets.hide(alg.slice(0, 30)) : '';
  const kid = typeof header.kid === 'string' ? secrets.hideKeyId(header.kid) : undefined;
  if (parts.length === 5) {
    const found = `JWE ${name}${kid === undefined ? '' : `, kid ${kid}`}: only Qualifio can read it`;
    report.add('token-form', on, ['pass', found]);
    checkNumbers(context, [campaign]);
    return report.skipRest('token', on, 'the token is encrypted (JWE): only Qualifio can read it');
  }
  const claims = read(() => decodeJwt(token) as Claims);
  if (!name || name.toLowerCase() === 'none' || !claims || parts[2] === '') {
    const found = !claims
      ? 'the payload is not a JSON object'
      : parts[2] === ''
        ? 'there is no signature'
        : 'alg is missing, or none';
    report.add('token-form', on, ['fail', found]);
    return report.skipRest('token', on, 'the token cannot be read: see token-form');
  }
  const members = Object.keys(claims)
    .slice(0, 30)
    .map((claim) => secrets.hide(claim));
  const found = `JWS ${name}${kid === undefined ? '' : `, kid ${kid}`}; claims ${members.join(', ')}`;
  report.add('token-form', on, ['pass', found]);
  report.add('token-alg', on, [
    documented.test(name) ? 'pass' : 'warn',
    documented.test(name) ? name : `${name}, which Qualifio does not document`,
  ]);
  await checkSignature(context, on, { token, alg: name, kid: header.kid }, keys);
  const payloadSize = Buffer.from(parts[1]!, 'base64url').length;
  checkClaims(context, on, {
    claims,
    answer,
    payloadSize,
    isLarge,
    wanted: technicalId(options.tokenCampaign, campaign, options.campaigns),
    number: campaign.number,
  });
}

/** Compares the numbers of campaigns, without a token. */
export function checkNumbers(
  { report, options }: Context,
  campaigns: readonly TargetCampaign[],
): void {
  for (const campaign of campaigns) {
    const id = technicalId(options.tokenCampaign, campaign, options.campaigns);
    if (id !== campaign.number) continue;
    report.add('token-campaign', `campaign ${campaign.number}`, sameNumber(id));
  }
}

/** The technical ID that a token must name: that of the command line, for its first campaign. */
function technicalId(
  declared: string | undefined,
  { number, technicalId }: TargetCampaign,
  campaigns: readonly string[],
): string {
  const isFirst = campaigns.length === 0 || campaigns[0] === number;
  return (isFirst && declared) || technicalId;
}

function twiceVerdict(first: unknown, second: unknown): Verdict {
  if (typeof first !== 'string' || typeof second !== 'string') {
    return ['skipped', 'no jti that can be read'];
  }
  return first === second
    ? ['fail', 'two answers have the same jti']
    : ['pass', 'two answers have different ones'];
}

function checkClock(report: Report, on: string, answer: Answer): void {
  const date = Date.parse(answer.header('Date'));
  if (Number.isNaN(date))
    return report.add('token-clock', on, ['skipped', 'no Date in the answer']);
  const seconds = Math.round((date - answer.received) / 1000);
  const isOff = Math.abs(seconds) > 120;
  const found = isOff
    ? `the server’s clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this computer’s`
    : 'the server’s clock agrees with this computer’s';
  report.add('token-clock', on, [isOff ? 'warn' : 'pass', found]);
}

/** The `kid` of the first keys of a JWKS. */
function namesOf(keys: readonly { readonly kid?: unknown }[], secrets: Secrets): string {
  const names = keys
    .slice(0, 4)
    .map(({ kid }) => (typeof kid === 'string' ? secrets.hideKeyId(kid) : 'a key without kid'));
  return names.join(', ') + (keys.length > 4 ? ', …' : '') || 'no key';
}

async function checkSignature(
  { report, secrets }: Context,
  on: string,
  { token, alg, kid }: { token: string; alg: string; kid: unknown },
  keys: KeySource,
): Promise<void> {
  if (keys.kind !== 'jwks') {
    report.add('token-kid', on, ['skipped', 'no --jwks']);
  }
  if (keys.kind === 'none') return report.add('token-signature', on, ['skipped', keys.why]);
  try {
    if (keys.kind === 'key') {
      await compactVerify(token, keys.key, { algorithms: [alg] });
    } else {
      const named = keys.keys.filter((key) => typeof kid === 'string' && key.kid === kid);
      const [key] = named;
      if (!key) {
        const shown =
          typeof kid === 'string'
            ? `${secrets.hideKeyId(kid)} is not in the JWKS, which has ${namesOf(keys.keys, secrets)}`
            : kid === undefined
              ? 'the token has no kid'
              : 'the token’s kid is not text';
        const signer = await signerOf(token, alg, keys.keys);
        const isOld = keys.age > 0 && !signer;
        const fix = signer
          ? `The key that signs is published as ${namesOf([signer], secrets)}: give the token and the JWKS the same \`kid\`.`
          : isOld
            ? 'Look at the JWKS behind the cache. If it has the key, empty the cache, and let it keep the JWKS for 5 minutes at most. If not, publish the key that signs.'
            : undefined;
        const note = signer ? '' : cacheNote(keys.age);
        report.add('token-kid', on, ['fail', shown + note, fix]);
        return report.add('token-signature', on, ['skipped', 'no key: see token-kid']);
      }
      report.add('token-kid', on, ['pass', 'it is in the JWKS']);
      await compactVerify(token, await importKey(key, alg), { algorithms: [alg] });
    }
    report.add('token-signature', on, ['pass', 'it is valid']);
  } catch (error) {
    const isWrong = (error as { code?: string }).code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED';
    const key = keys.kind === 'jwks' ? 'the key with this kid' : 'the given key';
    const found = isWrong ? `${key} did not sign the token` : `the key does not suit ${alg}`;
    report.add('token-signature', on, ['fail', found]);
  }
}

/** The published key that verifies a token, whatever its name. */
async function signerOf(
  token: string,
  alg: string,
  keys: readonly JWK[],
): Promise<JWK | undefined> {
  for (const key of keys) {
    try {
      await compactVerify(token, await importKey(key, alg), { algorithms: [alg] });
      return key;
    } catch {
      // Another key may.
    }
  }
  return undefined;
}

/** What a reader returns; undefined if it throws: its error may quote the token. */
function read<Value>(reader: () => Value): Value | undefined {
  try {
    return reader();
  } catch {
    return undefined;
  }
}
