import type { CampaignSettings } from './campaign-settings.js';
import { pictures } from './campaign-pictures.js';
import { html, type Html } from './html.js';
import { scriptJson } from './script-text.js';

/** The screens of the campaign, and the progress at each. */
const progress = {
  welcome: 0,
  question: 1,
  checking: 1,
  'pre-login': 2,
  connecting: 2,
  form: 3,
  blocked: 2,
  exit: 4,
  finished: 0,
  unavailable: 0,
};

const last = 4;

type Screen = keyof typeof progress;

/** The screens of each document; the first one shows until the page has answered. */
const screens: Readonly<Record<CampaignSettings['step'], readonly Screen[]>> = {
  welcome: ['welcome'],
  question: ['question'],
  'pre-login': ['checking', 'pre-login'],
  form: ['connecting', 'form', 'blocked'],
  exit: ['exit'],
  finished: ['finished'],
  unavailable: ['unavailable'],
};

/** A document of the campaign; `campaign-page.ts` is its script. */
export function campaignHtml(lang: 'en' | 'fr', settings: CampaignSettings): Html {
  const { texts } = settings;
  const contents: Record<Screen, Html> = {
    welcome: html`${pictures.newspaper}${head('welcome', texts.title, texts.welcome)}
      <p id="alone" hidden>${texts.alone}</p>
      ${button('start', texts.start)}`,
    question: html`${head('question', texts.question)}
      <ul class="answers">
        ${texts.answers.map(answer)}
      </ul>`,
    checking: html`${head('checking', texts.checking)}${spinner}`,
    'pre-login': html`${head('pre-login', texts.preLoginTitle, texts.preLogin)}
    ${button('continue', texts.continue)}`,
    connecting: html`${head('connecting', texts.connecting, texts.connectingHelp)}${spinner}`,
    form: html`${head('form', texts.formTitle, texts.form)}
      <form id="participant" novalidate autocomplete="off">
        <div id="form-fields"></div>
        <button type="submit" id="submit">${texts.submit}</button>
      </form>`,
    blocked: html`${head('blocked', texts.blockedTitle, texts.blocked)}${spinner}
      <p class="reason" lang="en"><code id="code"></code>: <span id="reason"></span></p>`,
    exit: html`${pictures.tick}${head('exit', texts.exitTitle, texts.exit)}
      <p id="result">${settings.answeredRight ? texts.right : texts.wrong}</p>
      ${button('again', texts.again, 'quiet')}`,
    finished: head('finished', texts.finished),
    unavailable: head('unavailable', texts.unavailable),
  };
  const sections = screens[settings.step].map(
    (name, index) =>
      html`<section
        id="${name}"
        data-step="${name}"
        aria-labelledby="${name}-heading"
        ${index === 0 ? '' : 'hidden'}
      >
        ${bar(progress[name], texts.progress)} ${contents[name]}
      </section>`,
  );
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${texts.title} (${texts.banner})</title>
        <link rel="icon" href="data:," />
        <script type="application/json" id="settings">
          ${scriptJson(settings)}
        </script>
        <script src="/simulator/campaign.js"></script>
        <link rel="stylesheet" href="/simulator/campaign.css" />
      </head>
      <body>
        <header class="banner">${texts.banner}</header>
        <main id="campaign">
          ${sections}
          <p id="announcer" role="status"></p>
        </main>
        <footer>
          <details id="transcript">
            <summary>${texts.transcript} <span id="transcript-count" hidden></span></summary>
            <p id="transcript-empty">${texts.noMessage}</p>
            <ol id="transcript-list"></ol>
          </details>
        </footer>
      </body>
    </html> `;
}

const spinner = html`<div class="spinner" aria-hidden="true"></div>`;

function head(step: string, heading: string, text = ''): Html {
  return html`<h1 id="${step}-heading" tabindex="-1">${heading}</h1>
    ${text && html`<p>${text}</p>`}`;
}

function button(id: string, text: string, style = ''): Html {
  return html`<button type="button" id="${id}" class="${style}">${text}</button>`;
}

function answer(text: string, index: number): Html {
  const letter = String.fromCharCode(0x41 + index);
  return html`<li>
    <button type="button" class="answer">
      <span class="letter" aria-hidden="true">${letter}</span>${text}
    </button>
  </li>`;
}

/** The participant's progress, as a bar with a text alternative. Empty on the first step. */
function bar(step: number, words: string): Html {
  if (step === 0) return html``;
  const parts = Array.from({ length: last }, (_, index) =>
    index < step ? html`<i class="done"></i>` : html`<i></i>`,
  );
  const text = words.replace('{step}', String(step)).replace('{last}', String(last));
  return html`<div class="progress" role="img" aria-label="${text}">${parts}</div>`;
}
