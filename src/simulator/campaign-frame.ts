import { campaignHtml } from './campaign-html.js';
import { campaignTexts, pickLanguage } from './campaign-texts.js';
import { isLoopback } from './loopback.js';
import { pageKnobs } from './page-knobs.js';
import type { SimulatorState } from './state.js';

const guid = /^\/20\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v1\.cfm$/i;
const patience = 1000;

export const framePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

/** Answers for a campaign's frame. */
export function campaignFrame(state: SimulatorState, request: Request): Response {
  const url = new URL(request.url);
  if (!guid.test(url.pathname)) {
    return new Response('A campaign’s address is /20/<channel GUID>/v1.cfm?id=<GUID>.\n', {
      status: 404,
    });
  }
  const knobs = pageKnobs(state.settings.knobs, url.searchParams, ['frame']);
  if (knobs instanceof Response) return knobs;
  const lang = state.settings.lang ?? pickLanguage(request.headers.get('Accept-Language'));
  const divId = url.searchParams.get('divId') ?? '';
  const html = campaignHtml(lang, {
    divId,
    parentOrigin: parentOrigin(url.searchParams.get('pdomain')),
    texts: campaignTexts[lang],
    behaviour: knobs.behaviour,
    afterError: knobs.afterError,
    query: url.search,
    elsewhere: `${otherOrigin(url)}/simulator/elsewhere?divId=${encodeURIComponent(divId)}`,
    patience,
    reloaded: url.searchParams.has('reloaded'),
  });
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': lang,
      'Content-Security-Policy': framePolicy,
      Vary: 'Accept-Language',
    },
  });
}

// A page without an origin of its own (a file, a sandbox) can only be told by `*`.
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
