// @ts-check
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createCampaignFeed } from 'qualifio-campaign/server';
import { createSimulator } from 'qualifio-campaign/simulator';
import { campaigns } from './campaigns.js';
import { createFaultyRoutes } from './faulty-routes.js';
import { createKeys } from './keys.js';
import { pageHeaders } from './page-headers.js';
import { createPages } from './page-routes.js';
import { createSessionRoutes } from './sessions.js';
import { accountsName, createSsoRoutes } from './sso-routes.js';
import { createTokenRoutes, tokenOptions } from './token-routes.js';

const dist = new URL('../dist/', import.meta.url);
const publicFolder = new URL('./public/', import.meta.url);
const loopback = '127.0.0.1';
const feedId = '3B1C0C4E-52A7-4D19-9F0E-6A5D2B7C8100';
// Requests with another name that resolves to this computer (DNS rebinding) are refused.
const ownNames = new Set(['www.publisher.localhost', accountsName, 'localhost', loopback]);

// Keeps Node's `Request` and `Response` in this process.
const listening = { overrideGlobalObjects: false };

/**
 * @typedef {object} Demo
 * @property {string} url the publisher's site
 * @property {string} campaignUrl the simulated campaign host
 * @property {() => Promise<void>} close ends both and every open connection; a second call has no effect
 */

/** A port that cannot be used; `message` names the flag and the fix. */
export class PortError extends Error {
  /** @override */
  name = 'PortError';
}

/**
 * Starts the publisher's site and the simulated campaign host, both on 127.0.0.1.
 *
 * @param {{ port?: number, campaignPort?: number, library?: URL, before?: import('hono').MiddlewareHandler }} [options]
 *   ports, where 0 is any free port (defaults 3000 and 4400), the folder of the library's files for
 *   pages (dist/), and what handles the site's requests before the site does
 * @returns {Promise<Demo>}
 * @throws {PortError} when a port is in use or not allowed
 * @example
 * const demo = await startDemo({ port: 0, campaignPort: 0 });
 * await fetch(`${demo.url}/jwks.json`);
 * await demo.close();
 */
export async function startDemo({
  port = 3000,
  campaignPort = 4400,
  library = dist,
  before = (_, next) => next(),
} = {}) {
  const site = createServer();
  const campaignServer = createServer();
  const close = async () => {
    await Promise.all([closeServer(site), closeServer(campaignServer)]);
  };
  try {
    const sitePort = await listen(site, port, '--port');
    const campaignsPort = await listen(campaignServer, campaignPort, '--campaign-port');
    const campaignHost = `jeux.publisher.localhost:${campaignsPort}`;
    // Node does not resolve *.localhost as browsers do.
    const siteForSimulator = `http://${loopback}:${sitePort}`;
    const keys = await createKeys();
    const simulator = createSimulator({
      campaigns: Object.fromEntries(campaigns.map(({ id, campaignId }) => [id, campaignId])),
      jwks: `${siteForSimulator}/jwks.json`,
      privateKey: keys.encryption.privateKey,
      profileUrl: `${siteForSimulator}/profile`,
    });
    campaignServer.on('request', getRequestListener(simulator.fetch, listening));
    // The feed that Qualifio would serve; Node does not resolve its name, so it is requested here.
    const feed = createCampaignFeed({
      url: `http://${campaignHost}/v1/campaignfeed/channels/${feedId}/json?clientId=42`,
      fetch: (url, init) => simulator.fetch(new Request(url, init)),
    });
    const app = createSite(keys, { campaignHost, simulator, feed, library, before });
    site.on('request', getRequestListener(app.fetch, listening));
    return {
      url: `http://www.publisher.localhost:${sitePort}`,
      campaignUrl: `http://${campaignHost}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {import('./keys.js').Keys} keys
 * @param {object} parts
 * @param {string} parts.campaignHost
 * @param {import('qualifio-campaign/simulator').Simulator} parts.simulator
 * @param {import('qualifio-campaign/server').CampaignFeed} parts.feed
 * @param {URL} parts.library
 * @param {import('hono').MiddlewareHandler} parts.before
 */
function createSite(keys, { campaignHost, simulator, feed, library, before }) {
  const app = new Hono();
  const pages = createPages({ campaignHost });
  const options = tokenOptions(keys, campaignHost);
  app.use(async (c, next) => {
    if (ownNames.has(new URL(c.req.url).hostname)) return next();
    return c.text('This host name is not served here.\n', 421);
  });
  app.use(before);
  app.use(pageHeaders(`http://${campaignHost}`));
  app.use(async (c, next) => {
    await next();
    // The next page uses a changed file.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-cache');
  });
  for (const name of ['campaign', 'inspector', 'sign-in']) {
    const file = `qualifio-${name}.min.js`;
    app.get(`/${file}`, serveStatic({ path: fileURLToPath(new URL(file, library)) }));
  }
  const configurator = fileURLToPath(new URL('simulator/configurator.js', dist));
  app.get('/configurator.js', serveStatic({ path: configurator }));
  // Over the site's own origin: the pages' policy allows no request to the campaign host.
  app.get('/transcript/stream', (c) =>
    simulator.fetch(
      new Request(`http://${campaignHost}/transcript/stream`, { signal: c.req.raw.signal }),
    ),
  );
  app.use(serveStatic({ root: fileURLToPath(publicFolder) }));
  app.route('/', createSessionRoutes(pages.showLogin));
  app.route('/', createSsoRoutes(pages.showAccounts));
  app.route('/', createTokenRoutes(keys, options, feed, campaignHost));
  app.route('/qualifio/faulty', createFaultyRoutes(keys, options));
  app.route('/', pages.routes);
  app.notFound((c) => pages.show(c, 'not-found.html', {}, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error(`${c.req.method} ${c.req.path}: ${error.message}`);
    return c.text('The page could not be shown.\n', 500);
  });
  return app;
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} flag
 * @returns {Promise<number>} the port it listens on
 */
function listen(server, port, flag) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      reject(
        new PortError(`port ${port} ${reason}: choose another with ${flag}, 0 for any free one`),
      );
    });
    server.listen(port, loopback, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** @param {import('node:http').Server} server */
function closeServer(server) {
  return new Promise((resolve) => {
    server.close(() => resolve(undefined));
    server.closeAllConnections();
  });
}
