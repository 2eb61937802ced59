import {
  createJwksEndpoint,
  createTokenEndpoint,
  type JwksEndpoint,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from 'qualifio-campaign/server';

type FindParticipant = TokenEndpointOptions['participant'];

interface Endpoints {
  readonly tokenEndpoint: TokenEndpoint;
  readonly jwksEndpoint: JwksEndpoint;
}

export function createEndpoints(participant: FindParticipant, env = process.env): Endpoints {
  /** Signs, and is published. */
  const signing = {
    alg: 'RS256',
    kid: env['QUALIFIO_KEY_ID'] ?? '',
    key: env['QUALIFIO_PRIVATE_KEY'] ?? '',
  } as const;

  /** Only published, and only during a rotation: first the new key, then the old one. */
  const otherId = env['QUALIFIO_OTHER_KEY_ID'];
  const others =
    otherId === undefined
      ? []
      : [{ alg: 'RS256', kid: otherId, key: env['QUALIFIO_OTHER_PUBLIC_KEY'] ?? '' } as const];

  return {
    tokenEndpoint: createTokenEndpoint({
      campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
      signing,
      issuer: 'com.publisher',
      origin: 'https://www.publisher.com',
      participant,
    }),
    jwksEndpoint: createJwksEndpoint([signing, ...others]),
  };
}
