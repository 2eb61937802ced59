import {
  createJwksEndpoint,
  createTokenEndpoint,
  type JwksEndpoint,
  type TokenEndpoint,
} from 'qualifio-campaign/server';

let endpoints: Endpoints | undefined;

/** Creates the endpoints at the first request: a build has no secrets. */
export function qualifio(): Endpoints {
  return (endpoints ??= createEndpoints());
}

interface Endpoints {
  readonly tokenEndpoint: TokenEndpoint;
  readonly jwksEndpoint: JwksEndpoint;
}

function createEndpoints(): Endpoints {
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
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id, form: { firstname: user.name } };
    },
  });
  return { tokenEndpoint, jwksEndpoint: createJwksEndpoint([signing]) };
}
