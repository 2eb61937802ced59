import type { CampaignSettings } from './campaign-page.js';
import { escapeHtml, scriptJson } from './html.js';

/** The campaign's document; `campaign-page.ts` brings it to life. */
export function campaignHtml(lang: 'en' | 'fr', settings: CampaignSettings): string {
  const { texts } = settings;
  const answers = texts.answers
    .map((answer) => `<li><button type="button" class="answer">${escapeHtml(answer)}</button></li>`)
    .join('\n            ');
  return `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(`${texts.title} (${texts.banner})`)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/simulator/campaign.css">
  </head>
  <body>
    <p class="banner">${escapeHtml(texts.banner)}</p>
    <main id="campaign" data-step="welcome">
      ${step('welcome', texts.title, texts.welcome, `<button type="button" id="start">${escapeHtml(texts.start)}</button>`)}
      ${step('question', texts.question, '', `<ul class="answers">${answers}</ul>`)}
      ${step('checking', texts.checking, '', spinner)}
      ${step('pre-login', texts.preLoginTitle, texts.preLogin, `<button type="button" id="continue">${escapeHtml(texts.continue)}</button>`)}
      ${step('connecting', texts.connecting, texts.connectingHelp, spinner)}
      ${step(
        'form',
        texts.formTitle,
        texts.form,
        `<form id="participant" novalidate autocomplete="off">
          <div id="form-fields"></div>
          <button type="submit" id="submit">${escapeHtml(texts.submit)}</button>
        </form>`,
      )}
      ${step('blocked', texts.blockedTitle, texts.blocked, spinner)}
      ${step('exit', texts.exitTitle, texts.exit, '')}
      <p id="announcer" role="status"></p>
    </main>
    <details id="transcript">
      <summary>${escapeHtml(texts.transcript)}</summary>
      <p id="transcript-empty">${escapeHtml(texts.noMessage)}</p>
      <ol id="transcript-list"></ol>
    </details>
    <script type="application/json" id="settings">${scriptJson(settings)}</script>
    <script src="/simulator/campaign.js"></script>
  </body>
</html>
`;
}

const spinner = '<div class="spinner" aria-hidden="true"></div>';

function step(name: string, heading: string, text: string, content: string): string {
  return `<section id="${name}" data-step="${name}" aria-labelledby="${name}-heading"${name === 'welcome' ? '' : ' hidden'}>
        <h1 id="${name}-heading" tabindex="-1">${escapeHtml(heading)}</h1>
        ${text && `<p>${escapeHtml(text)}</p>`}
        ${content}
      </section>`;
}
