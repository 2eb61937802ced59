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
import type { KeyFacts } from './key-facts.js';
import { describeText } from './key-text.js';
import { optionError } from '../input/option-error.js';

const pemBlock = /^\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----\s*$/;

const fixes: ReadonlyMap<string, string> = new Map([
  ['RSA PRIVATE KEY', 'PKCS#1 is not accepted; convert it with `openssl pkcs8 -topk8 -nocrypt`'],
  ['EC PRIVATE KEY', 'SEC1 is not accepted; convert it with `openssl pkcs8 -topk8 -nocrypt`'],
  ['ENCRYPTED PRIVATE KEY', 'it has a passphrase; decrypt it with `openssl pkcs8 -in FILE`'],
  [
    'RSA PUBLIC KEY',
    'PKCS#1 is not accepted; convert it with `openssl rsa -RSAPublicKey_in -pubout`',
  ],
  [
    'OPENSSH PRIVATE KEY',
    'OpenSSH’s format is not accepted; convert a copy with `ssh-keygen -p -m PKCS8 -f FILE`',
  ],
  ['CERTIFICATE', 'use its public key; `openssl x509 -pubkey -noout -in FILE` prints it'],
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
 * @throws {TypeError} naming `option` if it is not one complete PKCS#8 or SPKI block
 */
export function readPem(option: string, pem: string): KeyFacts {
  const [, label = '', body = ''] = pemBlock.exec(pem) ?? [];
  if (label === '') throw optionError(option, describeText(pem));
  const role = roles.get(label);
  if (role === undefined) {
    throw optionError(option, fixes.get(label) ?? `PEM "${label}" is not a supported key`);
  }
  const der = decodeBase64(body);
  const facts = der && (role === 'private' ? readPkcs8(der) : readSpki(der));
  if (!facts)
    throw optionError(option, 'the PEM text is incomplete or contains an unknown type of key');
  return facts;
}

function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function readPkcs8(der: Uint8Array): KeyFacts | null {
  const [version, algorithm, key] = readSequence(der) ?? [];
  if (version?.tag !== derInteger || key?.tag !== derOctetString) return null;
  const facts = readAlgorithm(algorithm, 'private');
  if (facts?.family !== 'RSA') return facts;
  const [rsaVersion, ...numbers] = readSequence(key.content) ?? [];
  const whole = numbers.length === 8 && rsaVersion?.tag === derInteger;
  return whole ? withModulus(facts, numbers) : null;
}

function readSpki(der: Uint8Array): KeyFacts | null {
  const [algorithm, key] = readSequence(der) ?? [];
  if (key?.tag !== derBitString) return null;
  const facts = readAlgorithm(algorithm, 'public');
  if (facts?.family !== 'RSA') return facts;
  // The first byte of a BIT STRING counts unused bits.
  return withModulus(facts, readSequence(key.content.subarray(1)) ?? []);
}

function readAlgorithm(algorithm: DerElement | undefined, role: KeyFacts['role']): KeyFacts | null {
  if (algorithm?.tag !== derSequence) return null;
  const [kind, parameter] = (readDer(algorithm.content) ?? []).map((element) =>
    element.tag === derObjectId ? hex(element.content) : '',
  );
  const name = objectIds.get(kind ?? '');
  if (name === 'RSA') return { role, family: 'RSA' };
  if (name === 'EC') {
    return { role, family: 'EC', curve: objectIds.get(parameter ?? '') ?? 'an unknown curve' };
  }
  return name === undefined ? null : { role, family: 'OKP', curve: name };
}

function withModulus(facts: KeyFacts, numbers: readonly DerElement[]): KeyFacts | null {
  const [modulus, exponent] = numbers;
  if (modulus?.tag !== derInteger || exponent?.tag !== derInteger) return null;
  return isRsaExponent(exponent.content) ? { ...facts, bits: bitLength(modulus.content) } : null;
}

/** An exponent of 1 would make every signature the message itself. */
export function isRsaExponent(bytes: Uint8Array): boolean {
  return bitLength(bytes) >= 2 && (bytes.at(-1)! & 1) === 1;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
