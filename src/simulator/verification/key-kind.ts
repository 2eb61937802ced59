import type { KeyObject } from 'node:crypto';

const names: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  ec: 'EC',
  ed25519: 'Ed25519',
  x25519: 'X25519',
};
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/**
 * Checks that JOSE can use a key.
 *
 * @param kinds those that its option accepts, by Node's names.
 * @throws TypeError naming the option, and what to give instead of the key.
 */
export function checkKind(option: string, key: KeyObject, kinds: readonly string[]): void {
  const kind = key.asymmetricKeyType ?? '';
  if (!kinds.includes(kind)) {
    const wanted = kinds.map((each) => names[each]).join(', ');
    throw new TypeError(`${option} is a key of type ${kind}; give one of ${wanted}`);
  }
  const { modulusLength = 2048, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < 2048) {
    throw new TypeError(`${option} has ${modulusLength} bits; give an RSA key of 2048 or more`);
  }
  if (kind === 'ec' && curves[namedCurve ?? ''] === undefined) {
    const wanted = Object.values(curves).join(', ');
    throw new TypeError(`${option} uses the curve ${namedCurve}; give a key on ${wanted}`);
  }
}
