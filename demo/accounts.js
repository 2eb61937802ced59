// @ts-check
import { promisify } from 'node:util';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const derive = /** @type {(password: string, salt: Buffer, bytes: number) => Promise<Buffer>} */ (
  promisify(scrypt)
);

/**
 * @typedef {object} Account
 * @property {string} id stable identifier, the token's `sub`
 * @property {string} email
 * @property {string} firstname
 * @property {string} lastname
 */

/** The password of every demo account; the login page shows it. */
export const demoPassword = 'demo';

/** @type {readonly Account[]} */
export const accounts = [
  { id: 'reader-1', email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' },
  { id: 'reader-2', email: 'bruno@example.com', firstname: 'Bruno', lastname: 'Maes' },
  { id: 'reader-3', email: 'chloe@example.com', firstname: 'Chloé', lastname: 'Lambert' },
];

// Hashed as in a real publisher's table, although the page shows the password.
const salt = randomBytes(16);
const passwordHash = derive(demoPassword, salt, 32);

/**
 * Finds the account for an e-mail address and a password. An unknown address
 * takes the same time as a wrong password.
 *
 * @param {unknown} email
 * @param {unknown} password
 * @returns {Promise<Account | null>}
 */
export async function findAccount(email, password) {
  if (typeof email !== 'string' || typeof password !== 'string') return null;
  const given = await derive(password, salt, 32);
  const matches = timingSafeEqual(given, await passwordHash);
  const account = accounts.find((known) => known.email === email.trim().toLowerCase());
  return matches && account ? account : null;
}

/**
 * The fields that prefill the campaign's form: the token's `form` claim, and the
 * answer of the profile route.
 *
 * @param {Account} account
 * @returns {{ email: string, firstname: string, lastname: string }}
 */
export function formOf({ email, firstname, lastname }) {
  return { email, firstname, lastname };
}
