import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { campaignFeed } from './campaign-feed.js';
import { campaignFrame } from './campaign-frame.js';
import { packageFile, previewPage } from './configurator.js';
import { campaignScript } from '../browser/campaign-script.js';
import { campaignStyles } from '../browser/campaign-styles.js';
import { isLoopbackPage } from '../model/loopback.js';
import { firstPage } from './first-page.js';
import { hostilePage } from './hostile-page.js';
import { kitKnob, kitScript } from './kit-script.js';
import { recordMessages, takeUserInfo } from './messages.js';
import { pageKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';
import { mintToken } from './token.js';

/** Every address of the simulator. */
export function createApp(state: SimulatorState): (request: Request) => Promise<Response> {
  const { knobs, verificationKey } = state.settings;
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    // Cross-origin isolated pages also embed the kit and the frame.
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
  });
  for (const path of ['/token', '/jwks.json', '/transcript', '/transcript/stream']) {
    app.use(path, pagesOfThisMachine);
  }

  app.get('/', pageKnobs(knobs, 'kit', 'frame'), firstPage(state));
  app.get('/kit/qualp.2.min.js', pageKnobs(knobs, 'kit', 'frame'), kitKnob, kitScript);
  app.get('/20/*', pageKnobs(knobs, 'frame'), campaignFrame(state));
  const type = (name: string) => ({ 'Content-Type': `text/${name}; charset=utf-8` });
  app.get('/simulator/campaign.css', (context) => context.body(campaignStyles, 200, type('css')));
  app.get('/simulator/campaign.js', (context) =>
    context.body(campaignScript, 200, type('javascript')),
  );
  app.get('/simulator/configurator.js', packageFile('dist/simulator/configurator.js'));
  app.get('/simulator/qualifio-campaign.min.js', packageFile('dist/qualifio-campaign.min.js'));
  app.get('/simulator/preview', previewPage(state));
  app.get('/simulator/spoof', hostilePage('spoof'));
  app.get('/simulator/elsewhere', hostilePage('elsewhere'));
  app.post('/simulator/messages', recordMessages(state));
  app.post('/simulator/user-info', pageKnobs(knobs, 'frame'), takeUserInfo(state));
  app.get('/v1/campaignfeed/channels/:feed/json', campaignFeed(state));
  app.get('/transcript', (context) => context.json({ entries: state.transcript.entries }));
  app.get('/transcript/stream', () => state.streams.response());
  const { throwAway } = verificationKey;
  if (throwAway) {
    app.get('/jwks.json', async (context) => context.json(await throwAway.jwks()));
    app.get('/token', mintToken(state, throwAway));
  }
  app.notFound((context) => context.text('Not found. See / for the simulator’s URLs.\n', 404));
  return async (request) => app.fetch(request);
}

/** Lets only pages of this machine, on any port, read an answer, with credentials as `<qualifio-campaign>` sends them. */
const pagesOfThisMachine = cors({
  origin: (origin) => (isLoopbackPage(origin) ? origin : null),
  credentials: true,
  allowMethods: ['GET'],
  allowHeaders: ['x-requested-with'],
  exposeHeaders: ['Date', 'Retry-After'],
});
