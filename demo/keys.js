// @ts-check
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** @typedef {{ publicKey: string, privateKey: string }} PemPair */

/**
 * @typedef {object} Keys
 * @property {PemPair} signing the publisher's; the public half is in /jwks.json
 * @property {PemPair} encryption Qualifio's; the publisher has only the public half
 * @property {PemPair} stranger belongs to neither: for tokens that must be refused
 */

/** @returns {Promise<PemPair>} */
function rsaPair() {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/**
 * Creates the demo's keys, new at every start. A real publisher stores its signing key in a secret
 * store and rotates it.
 *
 * @returns {Promise<Keys>}
 */
export async function createKeys() {
  const [signing, encryption, stranger] = await Promise.all([rsaPair(), rsaPair(), rsaPair()]);
  return { signing, encryption, stranger };
}
