import { base64url, type JWK } from 'jose';
import type { KeyFamily } from './algorithms.js';
import { coordinateBytes } from './curves.js';
import { bitLength } from './der.js';
import type { KeyFacts } from './key-facts.js';
import { foundName, kindOf } from '../input/kind-of.js';
import { optionError } from '../input/option-error.js';
import { ownMembers } from '../input/own-members.js';
import { badExponent, isRsaExponent } from './rsa-exponent.js';

/** Members of a JWK that hold key material, by family; all others are dropped. */
const publicNames: Readonly<Record<KeyFamily, readonly string[]>> = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  oct: [],
};

const privateNames: Readonly<Record<KeyFamily, readonly string[]>> = {
  RSA: ['d', 'p', 'q', 'dp', 'dq', 'qi'],
  EC: ['d'],
  OKP: ['d'],
  oct: ['k'],
};

/** The purpose that a JWK must have, if it names one. */
export interface JwkPurpose {
  readonly alg: string;
  /** Another name that the same key may have: `Ed25519` for `EdDSA`, `dir` for `A256GCM`. */
  readonly alias?: string | undefined;
  readonly use: 'sig' | 'enc';
  readonly operations: readonly string[];
}

/** The key material of a JWK and what it is. */
export interface ReadJwk {
  readonly facts: KeyFacts;
  readonly jwk: JWK;
}

/**
 * The facts about a JWK, and a copy with only its key material. Does not check that the key's
 * numbers match each other.
 * @param value the JWK's own members, without a prototype
 * @throws {TypeError} naming `option` if a member is missing, malformed or for another purpose
 */
export function readJwk(
  option: string,
  value: Readonly<Record<string, unknown>>,
  purpose: JwkPurpose,
): ReadJwk {
  const family = readFamily(option, value);
  checkPurpose(option, value, purpose);
  const isPrivate = value['d'] !== undefined;
  const names = [...publicNames[family]];
  if (isPrivate || family === 'oct') names.push(...privateNames[family]);

  const jwk: Record<string, string> = ownMembers({ kty: family });
  for (const name of names) jwk[name] = readMember(option, family, name, value[name]);

  const role = family === 'oct' ? 'secret' : isPrivate ? 'private' : 'public';
  if (family === 'oct') {
    return { jwk, facts: { role, family, bits: base64url.decode(jwk['k']!).length * 8 } };
  }
  if (family !== 'RSA') {
    checkCoordinates(option, jwk);
    return { jwk, facts: { role, family, curve: jwk['crv']! } };
  }
  if (!isRsaExponent(base64url.decode(jwk['e']!))) {
    throw optionError(option, badExponent(purpose.alg));
  }
  return { jwk, facts: { role, family, bits: bitLength(base64url.decode(jwk['n']!)) } };
}

/** The public members of a JWK, selected by name so that no private one can be included. */
export function publicMembers(jwk: JWK): JWK {
  const family = jwk.kty as KeyFamily;
  const source = jwk as Readonly<Record<string, unknown>>;
  const picked = publicNames[family].map((name) => [name, source[name]]);
  return { kty: family, ...(Object.fromEntries(picked) as JWK) };
}

function readFamily(option: string, value: Readonly<Record<string, unknown>>): KeyFamily {
  const family = value['kty'];
  if (typeof family === 'string' && Object.hasOwn(publicNames, family)) {
    return family as KeyFamily;
  }
  throw optionError(option, `the JWK's kty must be RSA, EC, OKP or oct, not ${label(family)}`);
}

function readMember(option: string, family: KeyFamily, name: string, member: unknown): string {
  const isCurve = name === 'crv';
  const grammar = isCurve ? /^[A-Za-z0-9-]{1,16}$/ : /^(?:[\w-]{4})*(?:[\w-]{2,3})?$/;
  if (typeof member === 'string' && member !== '' && grammar.test(member)) return member;
  const wanted = isCurve ? 'a curve name' : 'base64url text';
  const problem = `the ${family} JWK's ${name} must be ${wanted}, not ${foundName(member)}`;
  throw optionError(option, `${problem}; ${giveWhole}`);
}

const giveWhole = 'give the JWK as it was made';

/** A value that names an algorithm or a purpose; other text could be a secret in the wrong place. */
function label(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z0-9+-]{1,18}$/.test(value)
    ? value
    : foundName(value);
}

function checkCoordinates(option: string, jwk: Readonly<Record<string, string>>): void {
  const expected = coordinateBytes.get(jwk['crv']!);
  if (expected === undefined) return;
  for (const name of ['x', 'y', 'd']) {
    const member = jwk[name];
    const length: number = member === undefined ? expected : base64url.decode(member).length;
    if (length !== expected) {
      const problem = `the JWK's ${name} must have ${expected} bytes for ${jwk['crv']}, not ${length}`;
      throw optionError(option, `${problem}; ${giveWhole}`);
    }
  }
}

function checkPurpose(
  option: string,
  { use, alg, key_ops: operations }: Readonly<Record<string, unknown>>,
  purpose: JwkPurpose,
): void {
  if (use !== undefined && use !== purpose.use) {
    throw optionError(
      option,
      `the JWK's use must be ${purpose.use} or be left out, not ${label(use)}`,
    );
  }
  if (alg !== undefined && alg !== purpose.alg && alg !== purpose.alias) {
    throw optionError(
      option,
      `the JWK's alg must be ${purpose.alg} or be left out, not ${label(alg)}`,
    );
  }
  if (operations === undefined || purpose.operations.length === 0) return;
  const allowed =
    Array.isArray(operations) && purpose.operations.some((name) => operations.includes(name));
  if (allowed) return;
  const given = Array.isArray(operations) ? operations.map(label).join(', ') : kindOf(operations);
  throw optionError(
    option,
    `the JWK's key_ops must include ${purpose.operations[0]} or be left out, not ${given || 'empty'}`,
  );
}
