import { createJwksEndpoint, createTokenEndpoint } from 'qualifio-campaign/server';
import type { Endpoints } from './qualifio.js';
import { findUser } from './session.js';

export function createEndpoints(): Endpoints {
  const newKey = {
    alg: 'RS256',
    kid: '2026-11',
    key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
  } as const;

  const oldKey = {
    alg: 'RS256',
    kid: '2026-05',
    key: process.env['QUALIFIO_OLD_PUBLIC_KEY'] ?? '',
  } as const;

  const tokenEndpoint = createTokenEndpoint({
    campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
    signing: newKey,
    issuer: 'com.publisher',
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id };
    },
  });

  const jwksEndpoint = createJwksEndpoint([newKey, oldKey]);
  return { tokenEndpoint, jwksEndpoint };
}
