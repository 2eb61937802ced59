import type { Server } from 'node:http';
import express, { type Express, type Request as ExpressRequest } from 'express';
import session from 'express-session';
import { createTokenEndpoint } from 'qualifio-campaign/server';
import { sendWebResponse, toWebRequest } from './web-bridge.js';

declare module 'express-session' {
  interface SessionData {
    user: { id: string; email: string };
  }
}

const fromExpress = new WeakMap<Request, ExpressRequest>();

const tokenEndpoint = createTokenEndpoint({
  campaigns: { '123456': { host: 'jeux.publisher.com', campaignId: '98765' } },
  signing: {
    alg: 'RS256',
    kid: process.env['QUALIFIO_KEY_ID'] ?? '',
    key: process.env['QUALIFIO_PRIVATE_KEY'] ?? '',
  },
  issuer: 'com.publisher',
  origin: 'https://www.publisher.com',
  participant: (request) => {
    const user = fromExpress.get(request)?.session.user;
    return user ? { sub: user.id, form: { email: user.email } } : null;
  },
});

const app: Express = express();
app.set('trust proxy', 1);
app.use(
  session({
    name: '__Host-session',
    secret: process.env['SESSION_SECRET'] ?? '',
    cookie: { httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
    resave: false,
    saveUninitialized: false,
  }),
);
app.post('/login', (request, response) => {
  request.session.user = { id: '42', email: 'ada@example.com' };
  response.sendStatus(204);
});
app.all('/qualifio/token', async (request, response) => {
  const webRequest = toWebRequest(request);
  fromExpress.set(webRequest, request);
  await sendWebResponse(await tokenEndpoint(webRequest), response);
});

export const server: Server = app.listen(Number(process.env['PORT'] ?? 3000));
