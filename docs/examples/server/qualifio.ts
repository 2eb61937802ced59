import {
  createJwksEndpoint,
  createTokenEndpoint,
  type JwksEndpoint,
  type TokenEndpoint,
} from 'qualifio-campaign/server';
import { findUser } from './session.js';

export interface Endpoints {
  readonly tokenEndpoint: TokenEndpoint;
  readonly jwksEndpoint: JwksEndpoint;
}

/** Throws if a variable is not set: a server calls it when it starts, and a build does not. */
export function createEndpoints(): Endpoints {
  const signing = {
    alg: 'RS256',
    kid: process.env['QUALIFIO_KEY_ID'] ?? '',
    key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
  } as const;

  const tokenEndpoint = createTokenEndpoint({
    campaigns: {
      '123456': {
        host: 'jeux.publisher.com',
        campaignId: '98765',
        channelId: 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
      },
    },
    signing,
    issuer: 'com.publisher',
    origin: 'https://www.publisher.com',
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id, form: { email: user.email, firstname: user.firstname } };
    },
    onError: (code, { campaignId, reason }) =>
      console.warn(`qualifio token: ${code}`, campaignId, reason ?? ''),
  });

  const jwksEndpoint = createJwksEndpoint([signing]);
  return { tokenEndpoint, jwksEndpoint };
}

let made: Endpoints | undefined;

/** For frameworks whose build loads the routes without secrets: the first request creates both. */
export function endpoints(): Endpoints {
  return (made ??= createEndpoints());
}
