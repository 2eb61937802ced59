// @ts-check
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import express from 'express';
import session from 'express-session';
import { accounts, findAccount } from './accounts.js';
import { safeReturnTo } from './return-to.js';

/**
 * The session cookie: signed, out of reach of scripts, and host-only (no `Domain`),
 * so that the campaign host behind a CNAME never receives it. A real site adds
 * `Secure` and the name prefix `__Host-`, which enforces both; browsers accept
 * that prefix only over https, and the demo runs over http on *.localhost.
 */
export function createSessions() {
  return session({
    name: 'lantern_session',
    secret: randomBytes(32).toString('base64url'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: false, path: '/' },
  });
}

/** @param {express.Request} req */
function sessionData(req) {
  return /** @type {{ accountId?: string }} */ (/** @type {unknown} */ (req.session));
}

/**
 * @param {express.Request} req
 * @returns {import('./accounts.js').Account | null} null: signed out
 */
export function signedInAccount(req) {
  const data = sessionData(req);
  // An own member: a member of a prototype is not a login.
  const accountId = Object.hasOwn(data, 'accountId') ? data.accountId : undefined;
  return accounts.find(({ id }) => id === accountId) ?? null;
}

/**
 * Refuses a POST that another site's page sent: login and logout are otherwise
 * open to cross-site request forgery, and the campaign host counts as the same
 * site for `SameSite` cookies.
 *
 * @param {express.Request} req
 * @param {express.Response} res
 * @param {express.NextFunction} next
 */
function sameOriginOnly(req, res, next) {
  const origin = req.get('origin');
  const sameOrigin = origin
    ? origin === `${req.protocol}://${req.get('host')}`
    : req.get('sec-fetch-site') === 'same-origin';
  if (sameOrigin) next();
  else res.status(403).type('text').send('This form can only be sent from this site.\n');
}

/**
 * Login and logout. The answer to a page's script that asks for JSON is the
 * account's name, or 401; to a plain form, a redirect, or the login page again.
 *
 * @param {(req: express.Request, res: express.Response, wrong: boolean) => void} showLogin
 * @returns {express.Router}
 */
export function createSessionRoutes(showLogin) {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '4kb' });

  router.get('/login', (req, res) => showLogin(req, res, false));

  router.post('/login', sameOriginOnly, form, async (req, res) => {
    const wantsJson = req.accepts(['html', 'json']) === 'json';
    const { email, password, return_to: returnTo } = req.body ?? {};
    const account = await findAccount(email, password);
    if (!account) {
      res.status(401);
      if (wantsJson) res.json({ error: 'wrong-credentials' });
      else showLogin(req, res, true);
      return;
    }
    // A new id at login: one that an attacker set before is then useless.
    await promisify(req.session.regenerate.bind(req.session))();
    sessionData(req).accountId = account.id;
    await promisify(req.session.save.bind(req.session))();
    if (wantsJson) res.json({ name: `${account.firstname} ${account.lastname}` });
    else res.redirect(303, safeReturnTo(returnTo));
  });

  router.post('/logout', sameOriginOnly, form, async (req, res) => {
    await promisify(req.session.destroy.bind(req.session))();
    res.redirect(303, safeReturnTo(req.body?.return_to));
  });

  router.get('/session', (req, res) => {
    const account = signedInAccount(req);
    res.set('Cache-Control', 'no-store');
    res.json({ name: account && `${account.firstname} ${account.lastname}` });
  });

  return router;
}
