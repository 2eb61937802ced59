import { getAnother } from './another-key.js';
import { curveNames } from './curves.js';
import {
  bitLength,
  derBitString,
  derInteger,
  derObjectId,
  derOctetString,
  derSequence,
  readDer,
  readSequence,
  type DerElement,
} from './der.js';
import { checkRole, type KeyFacts } from './key-facts.js';
import { describeText } from './key-text.js';
import { optionError } from '../input/option-error.js';
import { badExponent, isRsaExponent } from './rsa-exponent.js';

const pemBlock = /^\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----\s*$/;

const fixes: ReadonlyMap<string, string> = new Map([
  ['RSA PRIVATE KEY', 'is in PKCS#1; convert it with `openssl pkcs8 -topk8 -nocrypt -in FILE`'],
  ['EC PRIVATE KEY', 'is in SEC1; convert it with `openssl pkcs8 -topk8 -nocrypt -in FILE`'],
  ['ENCRYPTED PRIVATE KEY', 'has a passphrase; decrypt it with `openssl pkcs8 -in FILE`'],
  [
    'RSA PUBLIC KEY',
    'is in PKCS#1; convert it with `openssl rsa -RSAPublicKey_in -pubout -in FILE`',
  ],
  [
    'OPENSSH PRIVATE KEY',
    'is in OpenSSH’s format; convert a copy with `ssh-keygen -p -m PKCS8 -f FILE`',
  ],
  ['CERTIFICATE', 'is a certificate; print its key with `openssl x509 -pubkey -noout -in FILE`'],
]);

const roles: ReadonlyMap<string, 'private' | 'public'> = new Map([
  ['PRIVATE KEY', 'private'],
  ['PUBLIC KEY', 'public'],
]);

const objectIds: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d010101', 'RSA'],
  ['2a8648ce3d0201', 'EC'],
  ...curveNames,
]);

/**
 * The facts about a PEM key, read from its text. Does not check that the key's numbers match each
 * other.
 * @param wanted which key of the pair it must be
 * @param alg what it is for
 * @throws {TypeError} naming `option` if it is not one complete PKCS#8 or SPKI block
 */
export function readPem(
  option: string,
  pem: string,
  wanted: 'private' | 'public',
  alg: string,
): KeyFacts {
  const [, label = '', body = ''] = pemBlock.exec(pem) ?? [];
  if (label === '') throw optionError(option, describeText(pem));
  const role = roles.get(label);
  const fix = fixes.get(label);
  if (role === undefined && fix === undefined) {
    throw optionError(option, `must be a PRIVATE KEY or PUBLIC KEY block, not ${label}`);
  }
  // Before advice to convert it: the other key of the pair would not help in any form.
  checkRole(option, wanted, label.endsWith('PRIVATE KEY') ? 'private' : 'public');
  if (fix !== undefined) throw optionError(option, fix);
  const der = decodeBase64(body);
  const facts = der && (role === 'private' ? readPkcs8(der) : readSpki(der));
  if (!facts) throw optionError(option, 'is incomplete PEM text; give all of it');
  if (facts === 'other type')
    throw optionError(option, `is a key of another type; ${getAnother(alg)}`);
  if (facts === 'exponent') throw optionError(option, badExponent(alg));
  return facts;
}

/** The facts about a key, or why there are none; null if its text is not whole. */
type Read = KeyFacts | 'other type' | 'exponent' | null;

function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function readPkcs8(der: Uint8Array): Read {
  const [version, algorithm, key] = readSequence(der) ?? [];
  if (version?.tag !== derInteger || key?.tag !== derOctetString) return null;
  const facts = readAlgorithm(algorithm, 'private');
  if (!isRsa(facts)) return facts;
  const [rsaVersion, ...numbers] = readSequence(key.content) ?? [];
  const whole = numbers.length === 8 && rsaVersion?.tag === derInteger;
  return whole ? withModulus(facts, numbers) : null;
}

function readSpki(der: Uint8Array): Read {
  const [algorithm, key] = readSequence(der) ?? [];
  if (key?.tag !== derBitString) return null;
  const facts = readAlgorithm(algorithm, 'public');
  if (!isRsa(facts)) return facts;
  // The first byte of a BIT STRING counts unused bits.
  return withModulus(facts, readSequence(key.content.subarray(1)) ?? []);
}

function isRsa(read: Read): read is KeyFacts {
  return typeof read === 'object' && read?.family === 'RSA';
}

function readAlgorithm(algorithm: DerElement | undefined, role: KeyFacts['role']): Read {
  if (algorithm?.tag !== derSequence) return null;
  const [kind, parameter] = (readDer(algorithm.content) ?? []).map((element) =>
    element.tag === derObjectId ? hex(element.content) : '',
  );
  const name = objectIds.get(kind ?? '');
  if (name === 'RSA') return { role, family: 'RSA' };
  if (name === 'EC') {
    return { role, family: 'EC', curve: objectIds.get(parameter ?? '') ?? 'an unknown curve' };
  }
  if (!kind) return null;
  return name === undefined ? 'other type' : { role, family: 'OKP', curve: name };
}

function withModulus(facts: KeyFacts, numbers: readonly DerElement[]): Read {
  const [modulus, exponent] = numbers;
  if (modulus?.tag !== derInteger || exponent?.tag !== derInteger) return null;
  if (!isRsaExponent(exponent.content)) return 'exponent';
  return { ...facts, bits: bitLength(modulus.content) };
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
