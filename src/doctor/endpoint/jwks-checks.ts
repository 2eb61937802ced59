import type { JWK } from 'jose';
import type { Context } from '../context.js';
import { bodyKind, cacheControl, isRedirect, mediaType, redirectOrigin } from '../http/headers.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { encodingFix, type Verdict } from '../report.js';
import { bodyOf, foundIn, writingAdvice } from './body-fault.js';
import { cacheNote, type KeySource } from './key-source.js';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];
const day = 86_400;
const curves: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
};

/** Checks the JWKS that the command line names, and returns its keys. */
export async function checkJwks(context: Context, url: URL): Promise<KeySource> {
  const { report, requester, secrets, progress } = context;
  const on = secrets.hide(url.origin + url.pathname);
  progress(on);
  const answer = await requester.attempt({ url, headers: { Accept: 'application/json, */*' } });
  const why = (text: string): KeySource => {
    report.skipRest('jwks', on, `there is no JWKS: ${text}`);
    return { kind: 'none', why: `there is no JWKS: ${text}` };
  };
  if (answer instanceof RequestFailure) {
    report.add('jwks-answers', on, ['fail', answer.message, encodingFix(answer.kind)]);
    return why(answer.message);
  }
  if (isRedirect(answer)) {
    const origin = secrets.hide(redirectOrigin(answer, url));
    report.add('jwks-redirect', on, ['fail', `${answer.status}, a redirect to ${origin}`]);
    return why('see jwks-redirect');
  }
  report.add('jwks-redirect', on, ['pass', 'no redirect']);
  const keys = readKeys(answer);
  if (typeof keys === 'string') {
    const fix = answer.status === 200 ? writingAdvice(answer, 'keys') : undefined;
    report.add('jwks-answers', on, ['fail', keys, fix]);
    return why(keys);
  }
  report.add('jwks-answers', on, ['pass', `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`]);
  const age = Math.max(0, Number(answer.header('Age')) || 0);
  checkKeys(context, on, { keys, age });
  checkHeaders(context, on, answer);
  return { kind: 'jwks', keys, age };
}

function readKeys(answer: Answer): readonly JWK[] | string {
  if (answer.status !== 200) return `${answer.status} with ${bodyKind(answer)}`;
  let json: unknown;
  try {
    json = JSON.parse(bodyOf(answer));
  } catch {
    return foundIn(answer, 'keys');
  }
  const { keys } = Object(json) as { keys?: unknown };
  const isSet =
    Array.isArray(keys) &&
    keys.every((key: unknown) => typeof (key as JWK | null)?.kty === 'string');
  if (!isSet) return 'JSON without a list of keys';
  return keys.length > 0 ? (keys as JWK[]) : 'an empty list of keys';
}

function checkKeys(
  { report, secrets }: Context,
  on: string,
  { keys, age }: { keys: readonly JWK[]; age: number },
): void {
  const name = (key: JWK) =>
    typeof key.kid === 'string'
      ? `key ${secrets.hideKeyId(key.kid)}`
      : `key ${keys.indexOf(key) + 1}`;
  const each = (id: string, right: string, fault: (key: JWK) => string | undefined): void => {
    const faults = keys.flatMap((key) => {
      const found = fault(key);
      return found ? [`${name(key)}: ${found}`] : [];
    });
    report.add(
      id,
      on,
      faults.length > 0 ? ['fail', faults.join('; ') + cacheNote(age)] : ['pass', right],
    );
  };
  each('jwks-symmetric', 'none', ({ kty }) => (kty === 'oct' ? 'a symmetric key' : undefined));
  each('jwks-private', 'none', (key) => {
    const found = privateMembers.filter((member) => Object.hasOwn(key, member));
    return found.length > 0 ? `has ${found.join(', ')}` : undefined;
  });
  each('jwks-rsa', 'large enough', ({ kty, n }) => {
    const bits = kty === 'RSA' && typeof n === 'string' ? bitsOf(n) : Infinity;
    return bits < 2048 ? `${bits} bits` : undefined;
  });
  each('jwks-alg', 'they are right', algFault);
  const kids = keys.map(({ kid }) => kid);
  const twice = kids.filter((kid, index) => kids.indexOf(kid) !== index);
  const isNameless = keys.some(({ kid }) => typeof kid !== 'string' || kid === '');
  const found: Verdict = isNameless
    ? ['fail', 'a key without kid: Qualifio needs it']
    : twice.length > 0
      ? ['fail', `${secrets.hide(String(twice[0]).slice(0, 80))} more than once`]
      : ['pass', 'each key has its own'];
  report.add('jwks-kid', on, found);
}

function algFault({ kty, crv, alg, use, key_ops: operations }: JWK): string | undefined {
  if (use !== undefined && use !== 'sig') return 'use is not sig';
  if (operations !== undefined && !operations.includes('verify')) return 'key_ops lacks verify';
  // A symmetric key is a fault of its own.
  if (alg === undefined || kty === 'oct') return undefined;
  const suits =
    kty === 'RSA'
      ? /^[RP]S(256|384|512)$/.test(alg)
      : kty === 'EC'
        ? Object.hasOwn(curves, alg) && curves[alg] === crv
        : kty === 'OKP' && /^(EdDSA|Ed25519)$/.test(alg);
  return suits ? undefined : 'alg does not suit the key';
}

function checkHeaders({ report }: Context, on: string, answer: Answer): void {
  const type = mediaType(answer);
  const isJson = /^application\/(jwk-set\+)?json$/.test(type);
  report.add('jwks-content-type', on, [
    isJson ? 'pass' : 'warn',
    isJson ? type : 'neither application/jwk-set+json nor application/json',
  ]);
  const control = cacheControl(answer);
  if (control.has('no-store')) {
    report.add('jwks-no-store', on, ['warn', 'no-store: the keys are fetched for every token']);
    report.add('jwks-max-age', on, ['skipped', 'see jwks-no-store']);
    return;
  }
  report.add('jwks-no-store', on, ['pass', 'no no-store']);
  const text = control.get('max-age') ?? '';
  const age = /^\d+$/.test(text) ? Number(text) : NaN;
  const isRight = age >= 60 && age <= day;
  const found = Number.isNaN(age) ? 'no max-age' : `max-age=${age}`;
  report.add('jwks-max-age', on, [isRight ? 'pass' : 'warn', found]);
}

/** The length of a number in base64url, without leading zeros. */
function bitsOf(text: string): number {
  const hex = Buffer.from(text, 'base64url').toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : (hex.length - 1) * 4 + parseInt(hex[0]!, 16).toString(2).length;
}
