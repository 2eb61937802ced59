import { createTokenEndpoint, type TokenEndpoint } from 'qualifio-campaign/server';
import { findUser } from './session.js';

/** Replace this with your authorization server: a read-only token, only for the profile route, for 5 minutes. */
async function profileToken(userId: string): Promise<string> {
  return `profile:read:${userId}`;
}

export function createEndpoint(): TokenEndpoint {
  return createTokenEndpoint({
    campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
    signing: {
      alg: 'RS256',
      kid: process.env['QUALIFIO_KEY_ID'] ?? '',
      key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
    },
    encryption: {
      alg: 'RSA-OAEP-256',
      enc: 'A256GCM',
      key: process.env['QUALIFIO_PUBLIC_KEY'] ?? '',
    },
    issuer: 'com.publisher',
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id, accessToken: await profileToken(user.id) };
    },
  });
}
