// @ts-check
// Token endpoints that are wrong on purpose, one path each, so that the working
// endpoint has no switch that could be left on.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { createTokenEndpoint, signParticipantToken } from 'qualifio-campaign/server';
import { campaigns } from './campaigns.js';
import { formOf } from './accounts.js';
import { signedInAccount } from './sessions.js';

/** @typedef {import('qualifio-campaign/server').TokenEndpointOptions} TokenEndpointOptions */
/** @typedef {import('hono').Context<{ Bindings: import('@hono/node-server').HttpBindings }>} Context */

const hour = 3_600_000;
const overTheLimit = 64 * 1024;

/**
 * @param {import('./keys.js').Keys} keys
 * @param {TokenEndpointOptions} options those of the endpoint that works
 */
export function createFaultyRoutes(keys, options) {
  /** @type {Hono<{ Bindings: import('@hono/node-server').HttpBindings }>} */
  const routes = new Hono();
  routes.use((c, next) => {
    c.header('Cache-Control', 'no-store');
    return next();
  });

  /** @param {Partial<TokenEndpointOptions>} changes */
  const endpoint = (changes) => {
    const answer = createTokenEndpoint({ ...options, ...changes });
    return (/** @type {Context} */ c) => answer(c.req.raw);
  };
  const working = endpoint({});
  const { alg, kid } = options.signing;

  routes.get('/expired', endpoint({ clock: () => Date.now() - hour }));
  routes.get(
    '/wrong-signature',
    endpoint({ signing: { alg, kid, key: keys.stranger.privateKey } }),
  );
  routes.get(
    '/wrong-encryption',
    endpoint({
      encryption: { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: keys.stranger.publicKey },
    }),
  );
  routes.get('/other-campaign', async (c) => {
    const account = signedInAccount(c.req.raw);
    if (!account) return working(c);
    const other = campaigns.find(({ id }) => id !== c.req.query('campaignId'))?.id ?? '';
    const participant = { sub: account.id, form: formOf(account) };
    return c.json({ token: await signParticipantToken(options, other, participant) });
  });
  routes.get(
    '/other-host',
    endpoint({ campaigns: () => ({ host: 'elsewhere.publisher.localhost' }) }),
  );
  routes.get('/unknown-campaign', endpoint({ campaigns: {} }));

  routes.get('/not-a-token', (c) => c.json({ token: 'not-a-token' }));
  routes.get('/empty-token', (c) => c.json({ token: '' }));
  routes.get('/wrong-shape', (c) => c.json({ jwt: 'x' }));
  routes.get('/html', (c) => c.html('<!doctype html><title>Log in</title>'));
  routes.get('/too-large', (c) => c.json({ token: 'x'.repeat(overTheLimit) }));
  routes.get('/forbidden', (c) => c.json({ error: 'forbidden' }, 403));
  routes.get('/failing', (c) => c.json({ error: 'internal' }, 500));
  routes.get('/unreachable', (c) => {
    c.env.outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  // Node closes the connection when the element gives up.
  routes.get('/silent', () => new Promise(() => {}));

  routes.get('/redirect', (c) => c.redirect('/login'));
  routes.get('/no-content', (c) => c.body(null, 204));
  routes.get('/null-token', (c) => c.json({ token: null }));

  /** @type {Map<string, number>} */
  const calls = new Map();
  /**
   * @param {number} failures how many requests of one participant fail before one succeeds
   * @param {(c: Context) => Response} fail
   * @returns {(c: Context) => Response | Promise<Response>}
   */
  const recovering = (failures, fail) => (c) => {
    const account = signedInAccount(c.req.raw);
    if (!account) return working(c);
    const key = `${c.req.path} ${account.id}`;
    const call = calls.get(key) ?? 0;
    calls.set(key, (call + 1) % (failures + 1));
    return call < failures ? fail(c) : working(c);
  };
  routes.get(
    '/busy-twice',
    recovering(2, (c) => c.json({ error: 'busy' }, 503)),
  );
  routes.get(
    '/rate-limited-once',
    recovering(1, (c) => c.json({ error: 'slow' }, 429, { 'Retry-After': '1' })),
  );

  return routes;
}
