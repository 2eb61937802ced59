// @ts-check
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { findAccount } from './accounts.js';
import { safeReturnTo } from './return-to.js';
import { logIn } from './sessions.js';

/** The host of the accounts that several sites share. */
export const accountsName = 'accounts.publisher.localhost';

const stateCookie = 'lantern_sso_state';

/**
 * The accounts behind codes that were not used yet. A real site stores them where all its servers can
 * read them, for a minute.
 *
 * @type {Map<string, import('./accounts.js').Account>}
 */
const codes = new Map();

const random = () => randomBytes(32).toString('base64url');

/**
 * This request's URL on another host of the publisher.
 *
 * @param {import('hono').Context} c
 * @param {string} hostname
 * @param {string} path
 * @param {Record<string, string>} query
 */
function elsewhere(c, hostname, path, query) {
  const url = new URL(path, c.req.url);
  url.hostname = hostname;
  url.search = String(new URLSearchParams(query));
  return url.href;
}

/**
 * Single sign-on: the site sends the visitor to a login page on another origin, which sends them back
 * with a code that works once. The state, which only this browser has, stops an attacker from
 * logging a visitor in to the attacker's account.
 *
 * @param {(c: import('hono').Context, form: { returnTo: string, state: string, wrongEmail?: string }) => Response | Promise<Response>} showAccounts
 */
export function createSsoRoutes(showAccounts) {
  const routes = new Hono();

  routes.get('/sso', (c) => {
    const state = random();
    setCookie(c, stateCookie, state, { httpOnly: true, sameSite: 'Lax', path: '/sso' });
    const query = { return_to: safeReturnTo(c.req.query('return_to')), state };
    return c.redirect(elsewhere(c, accountsName, '/accounts/login', query));
  });

  routes.get('/accounts/login', (c) =>
    showAccounts(c, {
      returnTo: safeReturnTo(c.req.query('return_to')),
      state: c.req.query('state') ?? '',
    }),
  );

  routes.post('/accounts/login', csrf(), bodyLimit({ maxSize: 4096 }), async (c) => {
    const { email, password, return_to: path, state } = await c.req.parseBody();
    const returnTo = safeReturnTo(path);
    const account = await findAccount(email, password);
    if (!account) {
      return showAccounts(c, { returnTo, state: String(state), wrongEmail: String(email ?? '') });
    }
    const code = random();
    codes.set(code, account);
    const query = { code, state: String(state), return_to: returnTo };
    return c.redirect(elsewhere(c, 'www.publisher.localhost', '/sso/back', query), 303);
  });

  routes.get('/sso/back', (c) => {
    const { code = '', state = '' } = c.req.query();
    const account = codes.get(code);
    codes.delete(code);
    const isExpected = state !== '' && state === getCookie(c, stateCookie);
    deleteCookie(c, stateCookie, { path: '/sso' });
    if (!account || !isExpected) return c.text('This login is not valid any more.\n', 403);
    logIn(c, account);
    return c.redirect(safeReturnTo(c.req.query('return_to')));
  });

  return routes;
}
