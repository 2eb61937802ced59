// @ts-check
import { randomBytes } from 'node:crypto';
import express from 'express';
import { createJwksEndpoint, createTokenEndpoint } from 'qualifio-campaign/server';
import { formOf } from './accounts.js';
import { campaigns } from './campaigns.js';
import { signedInAccount } from './sessions.js';
import { nodeRequestOf, webHandler } from './web-handler.js';

const kid = 'lantern-1';
const accessTokenLife = 300_000;

/** @typedef {import('qualifio-campaign/server').TokenEndpointOptions} TokenEndpointOptions */

/**
 * What all token endpoints of the demo share: campaigns, key, and the session as
 * the source of the participant.
 *
 * @param {import('./keys.js').Keys} keys
 * @param {string} campaignHost
 * @returns {TokenEndpointOptions}
 */
export function tokenOptions(keys, campaignHost) {
  return {
    campaigns: Object.fromEntries(
      campaigns.map(({ id, campaignId, channel }) => [
        id,
        { host: campaignHost, campaignId, channelId: channel, height: '720' },
      ]),
    ),
    signing: { alg: 'RS256', kid, key: keys.signing.privateKey },
    issuer: 'localhost.publisher',
    participant: async (request) => {
      const account = signedInAccount(/** @type {express.Request} */ (nodeRequestOf(request)));
      return account && { sub: account.id, form: formOf(account) };
    },
    onError: (code, { campaignId }) => {
      console.error(`token endpoint: ${code} (campaign ${campaignId})`);
    },
  };
}

/**
 * The public key, and four token endpoints: signed; for the campaigns of a feed; signed and
 * encrypted; and with an access token instead of the participant's data, with which Qualifio calls `/profile`.
 *
 * @param {import('./keys.js').Keys} keys
 * @param {TokenEndpointOptions} options
 * @param {import('qualifio-campaign/server').CampaignFeed} feed
 * @returns {express.Router}
 */
export function createTokenRoutes(keys, options, feed) {
  const router = express.Router();
  /** @type {Map<string, { account: import('./accounts.js').Account, until: number }>} */
  const granted = new Map();

  router.all('/qualifio/token', webHandler(createTokenEndpoint(options)));

  router.all(
    '/qualifio/token-feed',
    webHandler(createTokenEndpoint({ ...options, campaigns: feed })),
  );

  const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: keys.encryption.publicKey };
  router.all(
    '/qualifio/token-jwe',
    webHandler(
      createTokenEndpoint(/** @type {TokenEndpointOptions} */ ({ ...options, encryption })),
    ),
  );

  router.all(
    '/qualifio/token-access',
    webHandler(
      createTokenEndpoint({
        ...options,
        participant: async (request) => {
          const account = signedInAccount(/** @type {express.Request} */ (nodeRequestOf(request)));
          if (!account) return null;
          const accessToken = randomBytes(24).toString('base64url');
          granted.set(accessToken, { account, until: Date.now() + accessTokenLife });
          return { sub: account.id, accessToken };
        },
      }),
    ),
  );

  router.get('/profile', (req, res) => {
    const bearer = /^Bearer ([\w-]+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
    const grant = granted.get(bearer);
    res.set('Cache-Control', 'no-store');
    if (grant && grant.until > Date.now()) res.json(formOf(grant.account));
    else res.status(401).json({ error: 'invalid-token' });
  });

  router.all(
    '/jwks.json',
    webHandler(createJwksEndpoint([{ alg: 'RS256', kid, key: keys.signing.publicKey }])),
  );

  return router;
}
