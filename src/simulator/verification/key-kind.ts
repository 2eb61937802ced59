import type { KeyObject } from 'node:crypto';
import { curveNames, kindNames } from './algorithms.js';

/**
 * Checks that JOSE can use a key.
 *
 * @param kinds the kinds that its option accepts, by Node's names.
 * @throws TypeError naming the option, and what to give instead of the key.
 */
export function checkKind(option: string, key: KeyObject, kinds: readonly string[]): void {
  const kind = key.asymmetricKeyType ?? '';
  if (!kinds.includes(kind)) {
    const wanted = kinds.map((each) => kindNames.get(each)).join(', ');
    throw new TypeError(`${option} is a key of type ${kind}; use one of ${wanted}`);
  }
  const { modulusLength = 2048, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < 2048) {
    throw new TypeError(`${option} has ${modulusLength} bits; use an RSA key of 2048 bits or more`);
  }
  if (kind === 'ec' && !curveNames.has(namedCurve ?? '')) {
    const wanted = [...curveNames.values()].join(', ');
    throw new TypeError(`${option} uses the curve ${namedCurve}; use a key on ${wanted}`);
  }
}
