import {
  createJwksEndpoint,
  createTokenEndpoint,
  type JwksEndpoint,
  type TokenEndpoint,
} from 'qualifio-campaign/server';
import { findUser } from './session.js';

interface Env {
  /** Set with `wrangler secret put QUALIFIO_PRIVATE_KEY`. */
  readonly QUALIFIO_PRIVATE_KEY: string;
  readonly QUALIFIO_KEY_ID: string;
}

type Routes = ReadonlyMap<string, TokenEndpoint | JwksEndpoint>;

function createRoutes(env: Env): Routes {
  const signing = {
    alg: 'RS256',
    kid: env.QUALIFIO_KEY_ID,
    key: env.QUALIFIO_PRIVATE_KEY,
  } as const;
  const token = createTokenEndpoint({
    campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
    signing,
    issuer: 'com.publisher',
    participant: async (request) => {
      const user = await findUser(request);
      return user && { sub: user.id, form: { email: user.email } };
    },
  });
  return new Map([
    ['/qualifio/token', token],
    ['/jwks.json', createJwksEndpoint([signing])],
  ]);
}

let routes: Routes | undefined;

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    routes ??= createRoutes(env);
    const route = routes.get(new URL(request.url).pathname);
    return route ? route(request) : new Response(null, { status: 404 });
  },
};
