// @ts-check
// Token endpoints that are wrong on purpose, one path each, so that the working
// endpoint has no switch that could be left on.
import express from 'express';
import { createTokenEndpoint, signParticipantToken } from 'qualifio-campaign/server';
import { campaigns } from './campaigns.js';
import { formOf } from './accounts.js';
import { signedInAccount } from './sessions.js';
import { webHandler } from './web-handler.js';

/** @typedef {import('qualifio-campaign/server').TokenEndpointOptions} TokenEndpointOptions */

const hour = 3_600_000;
const overTheLimit = 64 * 1024;

/**
 * @param {import('./keys.js').Keys} keys
 * @param {TokenEndpointOptions} options those of the endpoint that works
 * @returns {express.Router}
 */
export function createFaultyRoutes(keys, options) {
  const router = express.Router();

  /** @type {(path: string, handler: express.RequestHandler) => void} */
  const answer = (path, handler) => {
    router.get(`/qualifio/faulty/${path}`, (req, res, next) => {
      res.set('Cache-Control', 'no-store');
      return handler(req, res, next);
    });
  };
  /** @type {(changes: Partial<TokenEndpointOptions>) => express.RequestHandler} */
  const endpoint = (changes) => webHandler(createTokenEndpoint({ ...options, ...changes }));
  const working = endpoint({});

  answer('expired', endpoint({ clock: () => Date.now() - hour }));
  answer(
    'wrong-signature',
    endpoint({ signing: { ...options.signing, key: keys.stranger.privateKey } }),
  );
  answer(
    'wrong-encryption',
    endpoint({
      encryption: { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: keys.stranger.publicKey },
    }),
  );
  answer('other-campaign', async (req, res, next) => {
    const account = signedInAccount(req);
    if (!account) {
      await working(req, res, next);
      return;
    }
    const other = campaigns.find(({ id }) => id !== req.query['campaignId'])?.id ?? '';
    const participant = { sub: account.id, form: formOf(account) };
    res.json({ token: await signParticipantToken(options, other, participant) });
  });
  answer('other-host', endpoint({ campaigns: () => ({ host: 'elsewhere.publisher.localhost' }) }));
  answer('unknown-campaign', endpoint({ campaigns: {} }));

  answer('not-a-token', (_req, res) => void res.json({ token: 'not-a-token' }));
  answer('empty-token', (_req, res) => void res.json({ token: '' }));
  answer('wrong-shape', (_req, res) => void res.json({ jwt: 'x' }));
  answer('html', (_req, res) => void res.send('<!doctype html><title>Log in</title>'));
  answer('too-large', (_req, res) => void res.json({ token: 'x'.repeat(overTheLimit) }));
  answer('forbidden', (_req, res) => void res.status(403).json({ error: 'forbidden' }));
  answer('failing', (_req, res) => void res.status(500).json({ error: 'internal' }));
  answer('unreachable', (_req, res) => void res.destroy());
  // Node closes the connection when the element gives up.
  answer('silent', () => {});

  answer('redirect', (_req, res) => void res.redirect(302, '/login'));
  answer('no-content', (_req, res) => void res.status(204).end());
  answer('null-token', (_req, res) => void res.json({ token: null }));

  /** @type {Map<string, number>} */
  const calls = new Map();
  /** @type {(failures: number, fail: (res: express.Response) => void) => express.RequestHandler} */
  const recovering = (failures, fail) => (req, res, next) => {
    if (!signedInAccount(req)) return working(req, res, next);
    const key = `${req.path} ${req.sessionID}`;
    const call = calls.get(key) ?? 0;
    calls.set(key, (call + 1) % (failures + 1));
    if (call < failures) return fail(res);
    return working(req, res, next);
  };
  answer(
    'busy-twice',
    recovering(2, (res) => void res.status(503).json({ error: 'busy' })),
  );
  answer(
    'rate-limited-once',
    recovering(1, (res) => void res.status(429).set('Retry-After', '1').json({ error: 'slow' })),
  );

  return router;
}
