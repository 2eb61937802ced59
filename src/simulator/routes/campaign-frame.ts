import type { Handler } from 'hono';
import {
  firstAddress,
  frameOf,
  newSession,
  nextAddress,
  readCampaignAddress,
  readSession,
} from '../model/campaign-address.js';
import { campaignHtml } from '../browser/campaign-html.js';
import { campaignTexts, pickLanguage } from '../browser/campaign-texts.js';
import { knobsOf } from '../model/knobs.js';
import { isLoopback } from '../model/loopback.js';
import type { WithKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';

const patience = 1000;

export const framePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

const noCampaign = `A campaign’s URL is /20/<channel GUID>/v1.cfm?id=<GUID>.
The campaign creates the URLs of its steps: question, pre-login, form, exit.
`;

/** Answers for each document of a campaign's frame. */
export function campaignFrame(state: SimulatorState): Handler<WithKnobs> {
  return (context) => {
    const { knobs } = context.var;
    const url = new URL(context.req.url);
    const query = url.searchParams;
    const address = readCampaignAddress(url.pathname);
    if (address === null) return context.text(noCampaign, 404);
    const session = address.step === 'welcome' ? newSession(query) : readSession(query);
    const first = firstAddress(address, query, session);
    if (session === null) return context.redirect(first);
    const lang = state.settings.lang ?? pickLanguage(context.req.header('Accept-Language'));
    const divId = query.get('divId') ?? '';
    const uk = session.get('uk') ?? '';
    const html = campaignHtml(lang, {
      ...knobsOf('frame', knobs),
      divId,
      parentOrigin: parentOrigin(query.get('pdomain')),
      texts: campaignTexts[lang],
      step: knobs.campaign === 'open' ? address.step : knobs.campaign,
      query: url.search,
      session: uk,
      frame: frameOf(session),
      first,
      next: nextAddress(address, query, session),
      elsewhere: `${otherOrigin(url)}/simulator/elsewhere?divId=${encodeURIComponent(divId)}`,
      patience,
      reloaded: query.has('reloaded'),
      answeredRight: query.has('right'),
      entries: state.transcript.ofSession(uk),
    });
    return context.html(html, 200, {
      'Content-Language': lang,
      'Content-Security-Policy': framePolicy,
      Vary: 'Accept-Language',
    });
  };
}

// A page with an opaque origin (a file, a sandbox) can only be reached with `*`.
function parentOrigin(pdomain: string | null): string {
  if (pdomain === null || !URL.canParse(pdomain)) return '*';
  const { origin } = new URL(pdomain);
  return origin === 'null' ? '*' : origin;
}

/** Another origin that leads to the same simulator. */
function otherOrigin({ protocol, hostname, port }: URL): string {
  const isAddress = isLoopback(hostname) && /^127\./.test(hostname);
  return `${protocol}//${isAddress ? 'localhost' : '127.0.0.1'}${port && `:${port}`}`;
}
