// @ts-check
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { parse } from 'hono/utils/cookie';
import { findAccount } from './accounts.js';
import { safeReturnTo } from './return-to.js';

const cookieName = 'lantern_session';

/**
 * The logged-in accounts, by session id. A real site stores sessions where all its servers can read
 * them, and sessions expire.
 *
 * @type {Map<string, import('./accounts.js').Account>}
 */
const sessions = new Map();

/** @param {Request} request */
function sessionId(request) {
  return parse(request.headers.get('Cookie') ?? '', cookieName)[cookieName] ?? '';
}

/**
 * @param {Request} request
 * @returns {import('./accounts.js').Account | null} null: signed out
 */
export function signedInAccount(request) {
  return sessions.get(sessionId(request)) ?? null;
}

/**
 * Begins a session. Its id is new at each login, so an id that an attacker set before is useless.
 *
 * Scripts cannot read the cookie, and it is host-only (no `Domain`), so that the campaign host
 * behind a CNAME never receives it. A real site adds `Secure` and the name prefix `__Host-`, which
 * enforces both; browsers accept that prefix only over https, and the demo runs over http on
 * *.localhost.
 *
 * @param {import('hono').Context} c
 * @param {import('./accounts.js').Account} account
 */
export function logIn(c, account) {
  sessions.delete(sessionId(c.req.raw));
  const id = randomBytes(32).toString('base64url');
  sessions.set(id, account);
  setCookie(c, cookieName, id, { httpOnly: true, sameSite: 'Lax', path: '/' });
}

/** @param {import('hono').Context} c */
function logOut(c) {
  sessions.delete(sessionId(c.req.raw));
  deleteCookie(c, cookieName);
}

/**
 * Login and logout. The answer to a page's script that asks for JSON is the
 * account's name, or 401; to a plain form, a redirect, or the login page again.
 *
 * @param {import('./page-routes.js').ShowLogin} showLogin
 */
export function createSessionRoutes(showLogin) {
  const routes = new Hono();
  routes.on(
    'POST',
    ['/login', '/logout'],
    // Refuses a form that another site's page sent: the campaign host counts as the same site for
    // `SameSite` cookies.
    csrf(),
    bodyLimit({ maxSize: 4096 }),
  );

  routes.get('/login', (c) => showLogin(c, { returnTo: c.req.query('return_to') }));

  routes.post('/login', async (c) => {
    const wantsJson =
      accepts(c, {
        header: 'Accept',
        supports: ['text/html', 'application/json'],
        default: 'text/html',
      }) === 'application/json';
    const { email, password, return_to: returnTo } = await c.req.parseBody();
    const account = await findAccount(email, password);
    if (account) {
      logIn(c, account);
      if (wantsJson) return c.json({ name: `${account.firstname} ${account.lastname}` });
      return c.redirect(safeReturnTo(returnTo), 303);
    }
    if (wantsJson) return c.json({ error: 'wrong-credentials' }, 401);
    return showLogin(c, { returnTo, wrongEmail: String(email ?? '') });
  });

  routes.post('/logout', async (c) => {
    logOut(c);
    const { return_to: returnTo } = await c.req.parseBody();
    return c.redirect(safeReturnTo(returnTo), 303);
  });

  routes.get('/session', (c) => {
    const account = signedInAccount(c.req.raw);
    c.header('Cache-Control', 'no-store');
    return c.json({ name: account && `${account.firstname} ${account.lastname}` });
  });

  return routes;
}
