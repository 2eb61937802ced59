import type { Handler } from 'hono';
import { ownCampaign } from '../model/campaigns.js';
import { elementTag, handWrittenExchange, vendorTag } from './first-page-snippets.js';
import { html, raw, type Html } from '../browser/html.js';
import type { SimulatorState } from './state.js';

/** Faults that the page offers: a query of its address, and a text for people. */
const faults = [
  ['?error=TOKEN_EXPIRED', 'the token is too old'],
  ['?error=TOKEN_INVALID_SIGNATURE', 'it is signed with another key'],
  ['?kit=slow', 'the kit is slow'],
  ['?kit=404', 'an ad blocker blocks the kit'],
  ['?behaviour=navigates', 'the frame navigates elsewhere'],
] as const;

/**
 * The simulator's own first page: a working example of the vendor's tag with a hand-written exchange,
 * and what to do next. Knobs in its address apply to the kit that it loads.
 */
export function firstPage(state: SimulatorState): Handler {
  const withToken = state.settings.verificationKey.throwAway !== undefined;
  return (context) => {
    const { host, search } = new URL(context.req.url);
    const endpoint = withToken ? `http://${host}/token` : '/qualifio/token';
    const exchange = handWrittenExchange(endpoint);
    return context.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>Qualifio, simulated</title>
            <link rel="icon" href="data:," />
            <link rel="stylesheet" href="/simulator/campaign.css" />
            <style>
              main {
                max-width: calc(810px + 3rem);
              }
              li {
                margin: 0.35rem 0;
              }
              iframe {
                border: 0;
                border-radius: 0.75rem;
              }
              .copied {
                display: flex;
                gap: 1rem;
                align-items: center;
                justify-content: space-between;
                margin: 1.5rem 0 0.5rem;
              }
              .copied button {
                flex: none;
              }
              h3,
              .copied p {
                margin: 0;
                font-size: 1rem;
              }
            </style>
          </head>
          <body>
            <main>
              <h1>Qualifio’s side, simulated</h1>
              <p>${withToken ? playable : unanswered}</p>
              ${vendorTag(host, ownCampaign, search)} ${withToken ? exchange : ''}
              <h2>Put it into your page</h2>
              <p>
                Serve the page over http from this machine, for example from
                <code>http://localhost:3000</code>. Any number and any GUID is a campaign. The
                number in the tag is not the one that a token names: here the tag has
                ${ownCampaign.tag}, and the campaign’s ID is ${ownCampaign.campaignId}.
                ${withToken ? borrowed : owned}
              </p>
              ${snippet('With the vendor’s tag', `${vendorTag(host, ownCampaign)}\n${exchange}`)}
              ${snippet('With <qualifio-campaign>', String(elementTag(host, endpoint)))}
              <p>
                The script is
                <code>node_modules/qualifio-campaign/dist/qualifio-campaign.min.js</code>; serve it
                at the address in the tag.
              </p>
              <h2>Configure it for your own campaign</h2>
              <qualifio-configurator preview="/simulator/preview">
                <template>${vendorTag(host, ownCampaign)}</template>
              </qualifio-configurator>
              <h2>Check your own tokens</h2>
              <p>${withToken ? nextKey : currentKey}</p>
              <h2>Rehearse what can go wrong</h2>
              <p>Play this page again ${search && html`<a href="/">without faults</a>, or`} if</p>
              <ul>
                ${faults.map(([query, words]) => html`<li><a href="${query}">${words}</a></li>`)}
              </ul>
              <p>
                The same query goes on the kit’s address in your page;
                <code>qualifio-simulator --help</code> lists them all, and
                <code>docs/simulator.md</code> of the package says when to use which.
              </p>
              <h2>Addresses</h2>
              <ul>
                ${(withToken ? [...addresses, ...throwAwayAddresses] : addresses).map(link)}
              </ul>
            </main>
            <script>
              ${raw(copyScript)};
            </script>
            <script src="/simulator/configurator.js"></script>
          </body>
        </html> `,
    );
  };
}

const playable =
  'This page runs a campaign like your page will. It contains the vendor’s tag, and answers the campaign with a token that is signed with a temporary key. Play the campaign to the end. Every message appears below it and in the terminal.';
const unanswered =
  'This page contains only the vendor’s tag. The simulator verifies tokens with your key, so only your own page can answer the campaign at its form.';
const borrowed =
  'Both request a token from this simulator. When your own endpoint is ready, use it instead.';
const owned = 'Both request a token from your own endpoint.';
const nextKey = html`Start the simulator with <code>--jwks http://localhost:3000/jwks.json</code>,
  <code>--public-key FILE</code> or <code>--secret-file FILE</code>. It then verifies the tokens
  that your endpoint signs, and reports why it refuses one.`;
const currentKey =
  'The simulator verifies them with your key. If it refuses a token, the campaign and the terminal show the reason.';

const addresses = [
  ['/transcript', 'every message so far, as JSON'],
  ['/transcript/stream', 'the same as a stream of server-sent events'],
  [
    `/v1/campaignfeed/channels/${ownCampaign.channelId}/json?clientId=1`,
    'a campaign feed in Qualifio’s format',
  ],
] as const;
const throwAwayAddresses = [
  ['/jwks.json', 'the public key of the temporary pair'],
  [`/token?campaignId=${ownCampaign.tag}`, 'a token that the simulator signs'],
] as const;

function link([address, words]: readonly [string, string]): Html {
  return html`<li>
    ${words}: <a href="${address}"><code>${address}</code></a>
  </li>`;
}

function snippet(name: string, code: string): Html {
  return html`<div class="copied">
      <h3>${name}</h3>
      <button type="button" class="quiet" data-copy aria-label="Copy: ${name}">Copy</button>
    </div>
    <pre tabindex="0" aria-label="${name}">${code}</pre>`;
}

const copyScript = `
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const { textContent } = button.parentElement.nextElementSibling;
    try {
      await navigator.clipboard.writeText(textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(button.parentElement.nextElementSibling);
      button.textContent = 'Selected';
    }
  });
}`;
