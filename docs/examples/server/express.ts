import type { Server } from 'node:http';
import { promisify } from 'node:util';
import express, {
  type Express,
  type Request as ExpressRequest,
  type RequestHandler,
} from 'express';
import session from 'express-session';
import { createJwksEndpoint, createTokenEndpoint } from 'qualifio-campaign/server';
import { sendWebResponse, toWebRequest } from './web-bridge.js';

declare module 'express-session' {
  interface SessionData {
    user: { id: string; email: string };
  }
}

const fromExpress = new WeakMap<Request, ExpressRequest>();

const signing = {
  alg: 'RS256',
  kid: process.env['QUALIFIO_KEY_ID'] ?? '',
  key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
} as const;

const jwksEndpoint = createJwksEndpoint([signing]);
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
  participant: (request) => {
    const user = fromExpress.get(request)?.session.user;
    return user ? { sub: user.id, form: { email: user.email } } : null;
  },
});

// Over http, for example on http://localhost, some browsers drop cookies with `Secure` or the prefix `__Host-`.
const isProduction = process.env['NODE_ENV'] === 'production';

const app: Express = express();
app.set('trust proxy', 1);
// Before the session, which the keys do not need.
app.all('/jwks.json', async (request, response) => {
  await sendWebResponse(await jwksEndpoint(toWebRequest(request)), response);
});
app.use(
  session({
    name: isProduction ? '__Host-session' : 'session',
    secret: process.env['SESSION_SECRET'] ?? '',
    cookie: { httpOnly: true, secure: isProduction, sameSite: 'lax', path: '/' },
    resave: false,
    saveUninitialized: false,
  }),
);

/**
 * Refuses requests from a page of another origin; browsers send its `Origin`. `SameSite` is not
 * enough: it allows the campaign's host.
 */
const sameOriginOnly: RequestHandler = (request, response, next) => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isOurs = origin === undefined || origin === `${request.protocol}://${request.host}`;
  if (isOurs && (site === undefined || site === 'same-origin')) next();
  else response.sendStatus(403);
};

app.post('/login', sameOriginOnly, async (request, response) => {
  // Replace this with your check of a name and a password.
  const user = { id: '42', email: 'ada@example.com' };
  // A new session id: one that an attacker set before the login is then useless.
  await promisify(request.session.regenerate.bind(request.session))();
  request.session.user = user;
  response.sendStatus(204);
});
app.all('/qualifio/token', async (request, response) => {
  const webRequest = toWebRequest(request);
  fromExpress.set(webRequest, request);
  await sendWebResponse(await tokenEndpoint(webRequest), response);
});

export const server: Server = app.listen(Number(process.env['PORT'] ?? 3000));
