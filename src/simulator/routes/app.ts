import { Hono, type Context } from 'hono';
import { campaignFeed } from './campaign-feed.js';
import { campaignFrame } from './campaign-frame.js';
import { campaignPage } from '../browser/campaign-page.js';
import { campaignStyles } from '../browser/campaign-styles.js';
import { textOf } from '../browser/html.js';
import { campaignNumber } from '../model/campaigns.js';
import { allowLoopback } from './cors.js';
import { placing } from './first-page-snippets.js';
import { firstPage } from './first-page.js';
import { strangerFrame } from './hostile-frame.js';
import { serveKit } from './kit-answer.js';
import { recordMessages, takeUserInfo } from './messages.js';
import type { SimulatorState } from './state.js';

/** Every address of the simulator. */
export function createApp(state: SimulatorState): (request: Request) => Promise<Response> {
  const app = new Hono();
  const asset = (type: string, text: string) => () =>
    new Response(text, { headers: { 'Content-Type': `${type}; charset=utf-8` } });

  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    // Pages that isolate themselves embed the kit and the frame too.
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
  });
  for (const path of ['/token', '/jwks.json', '/transcript', '/transcript/stream']) {
    app.use(path, async (context, next) => {
      await next();
      allowLoopback(context.req.raw, context.res.headers);
    });
    app.options(path, () => new Response(null, { status: 204 }));
  }

  app.get('/', (context) => firstPage(state, context.req.raw));
  app.get('/kit/qualp.2.min.js', (context) => serveKit(state, context.req.raw));
  app.get('/20/*', (context) => campaignFrame(state, context.req.raw));
  app.get('/simulator/campaign.css', asset('text/css', campaignStyles));
  app.get('/simulator/campaign.js', asset('text/javascript', campaignScript));
  app.get('/simulator/spoof', (context) => strangerFrame('spoof', context.req.raw));
  app.get('/simulator/elsewhere', (context) => strangerFrame('elsewhere', context.req.raw));
  app.post('/simulator/messages', (context) => recordMessages(state, context.req.raw));
  app.post('/simulator/user-info', (context) => takeUserInfo(state, context.req.raw));
  app.get('/v1/campaignfeed/channels/:feed/json', (context) =>
    campaignFeed(state, context.req.raw, context.req.param('feed')),
  );
  app.get('/transcript', () => Response.json({ entries: state.transcript.entries }));
  app.get('/transcript/stream', () => state.streams.response());
  const { throwAway } = state.settings.verificationKey;
  if (throwAway) {
    app.get('/jwks.json', async () => Response.json(await throwAway.jwks()));
    app.get('/token', async (context) => answerToken(context, state, throwAway.mint));
  }
  app.notFound(
    () =>
      new Response('The simulator has nothing at this address; see / for its addresses.\n', {
        status: 404,
      }),
  );
  return async (request) => app.fetch(request);
}

const campaignScript = `(${textOf(campaignPage)})(JSON.parse(document.getElementById('settings').textContent));\n`;

/** Like the publisher's own endpoint: a token, or with `part=tag` the values of the tag. */
async function answerToken(
  context: Context,
  { settings }: SimulatorState,
  sign: (campaignId: string) => Promise<string>,
): Promise<Response> {
  const refused = (error: string) => Response.json({ error }, { status: 400 });
  const number = context.req.query('campaignId') ?? '';
  if (!campaignNumber.test(number)) return refused('campaignId must be 1 to 20 digits');
  const { channelId, campaignId } = settings.campaigns.of(number);
  const part = context.req.query('part');
  if (part === undefined) return Response.json({ token: await sign(campaignId) });
  if (part !== 'tag') return refused('part must be tag, or left out');
  const { host } = new URL(context.req.url);
  const tag = { channelId, host, ...placing, tokenCampaignId: campaignId };
  return Response.json({ tag });
}
