// @ts-check
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import {
  createJwksEndpoint,
  createProfileEndpoint,
  createTokenEndpoint,
} from 'qualifio-campaign/server';
import { formOf } from './accounts.js';
import { campaigns } from './campaigns.js';
import { signedInAccount } from './sessions.js';

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
      const account = signedInAccount(request);
      return account && { sub: account.id, form: formOf(account) };
    },
    onError: (code, { campaignId, reason }) => {
      console.error(`token endpoint: ${code} (campaign ${campaignId})`, reason ?? '');
    },
  };
}

/**
 * The public key, and five token endpoints: signed; for the campaigns of a feed; for the configurator's
 * preview; signed and encrypted; and with an access token instead of the participant's data, with which Qualifio calls `/profile`.
 *
 * @param {import('./keys.js').Keys} keys
 * @param {TokenEndpointOptions} options
 * @param {import('qualifio-campaign/server').CampaignFeed} feed
 * @param {string} campaignHost
 */
export function createTokenRoutes(keys, options, feed, campaignHost) {
  const routes = new Hono();

  const token = createTokenEndpoint(options);
  routes.all('/qualifio/token', (c) => token(c.req.raw));

  const tokenFeed = createTokenEndpoint({ ...options, campaigns: feed });
  routes.all('/qualifio/token-feed', (c) => tokenFeed(c.req.raw));

  // The preview of the configurator shows any campaign, to a participant without an account.
  const tokenPreview = createTokenEndpoint({
    ...options,
    campaigns: (tagNumber) => ({ host: campaignHost, campaignId: tagNumber }),
    participant: () => ({ sub: 'preview', form: { firstname: 'Ada', lastname: 'Lovelace' } }),
  });
  routes.all('/qualifio/token-preview', (c) => tokenPreview(c.req.raw));

  const tokenJwe = createTokenEndpoint({
    ...options,
    encryption: { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: keys.encryption.publicKey },
  });
  routes.all('/qualifio/token-jwe', (c) => tokenJwe(c.req.raw));

  /** @type {Map<string, { account: import('./accounts.js').Account, until: number }>} */
  const granted = new Map();
  const tokenAccess = createTokenEndpoint({
    ...options,
    participant: async (request) => {
      const account = signedInAccount(request);
      if (!account) return null;
      const accessToken = randomBytes(24).toString('base64url');
      granted.set(accessToken, { account, until: Date.now() + accessTokenLife });
      return { sub: account.id, accessToken };
    },
  });
  routes.all('/qualifio/token-access', (c) => tokenAccess(c.req.raw));

  const profile = createProfileEndpoint({
    participant: (accessToken) => {
      const grant = granted.get(accessToken);
      if (!grant || grant.until <= Date.now()) return null;
      return { sub: grant.account.id, form: formOf(grant.account) };
    },
    onError: (code) => console.error(`profile endpoint: ${code}`),
  });
  routes.all('/profile', (c) => profile(c.req.raw));

  const jwks = createJwksEndpoint([{ alg: 'RS256', kid, key: keys.signing.publicKey }]);
  routes.all('/jwks.json', (c) => jwks(c.req.raw));

  return routes;
}
