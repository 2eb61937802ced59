import {
  createCampaignFeed,
  createTokenEndpoint,
  type TokenEndpoint,
} from 'qualifio-campaign/server';
import { findUser } from './session.js';

export function createEndpoint(): TokenEndpoint {
  /** `https://api.qualifio.com/v1/campaignfeed/channels/<guid>/json?clientId=<n>` */
  const campaigns = createCampaignFeed({ url: process.env['QUALIFIO_FEED_URL'] ?? '' });

  return createTokenEndpoint({
    campaigns,
    signing: {
      alg: 'RS256',
      kid: process.env['QUALIFIO_KEY_ID'] ?? '',
      key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
    },
    issuer: 'com.publisher',
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id };
    },
    onError: (code, { campaignId, reason }) =>
      console.warn(`qualifio token: ${code}`, campaignId, reason ?? ''),
  });
}
