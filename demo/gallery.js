// @ts-check
import { html } from 'hono/html';
import { errorGroups } from './error-cases.js';

/**
 * Each panel, and the provoked errors that show it. gallery-panel.js causes it by its id.
 *
 * @type {readonly { id: string, title: string, cases: RegExp | null }[]}
 */
const panels = [
  { id: 'login', title: 'Logged out', cases: /^signed-out/ },
  { id: 'login-window', title: 'Logged out, login in a window', cases: null },
  { id: 'expired', title: 'The login has ended', cases: /^token-expired|clock/ },
  { id: 'unconfirmed', title: 'The account is not confirmed', cases: /^(endpoint|wrong|provider)/ },
  { id: 'blocked', title: 'The game does not load', cases: /^(kit|no-frame|frame)/ },
  {
    id: 'unavailable',
    title: 'The page has a mistake',
    cases: /^(missing|malformed|no-|duplicate|host)/,
  },
  { id: 'offline', title: 'No network', cases: null },
  { id: 'busy', title: 'Waiting for the endpoint', cases: null },
];

const languages = {
  en: 'English',
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
  es: 'Español',
  it: 'Italiano',
};
const schemes = { auto: 'As the device', light: 'Light', dark: 'Dark' };

/**
 * One of the words that a query may have, or the first.
 *
 * @param {Record<string, string>} words
 * @param {string | undefined} value
 */
function wordOf(words, value = '') {
  return Object.hasOwn(words, value) ? value : (Object.keys(words)[0] ?? '');
}

/**
 * The values of the page that shows all panels.
 *
 * @param {Record<string, string>} query
 */
export function showGallery(query) {
  const lang = wordOf(languages, query['lang']);
  const scheme = wordOf(schemes, query['scheme']);
  const choice = (
    /** @type {string} */ label,
    /** @type {Record<string, string>} */ words,
    /** @type {string} */ chosen,
    /** @type {(word: string) => string} */ href,
  ) =>
    html`<nav class="views" aria-label="${label}">
      ${Object.entries(words).map(
        ([word, text]) =>
          html`<a
            href="/gallery?${href(word)}"
            ${word === chosen ? html`aria-current="page"` : ''}
            ${words === languages ? html`lang="${word}"` : ''}
            >${text}</a
          >`,
      )}
    </nav>`;
  return {
    choices: html`${choice('Language', languages, lang, (word) => `lang=${word}&scheme=${scheme}`)}
    ${choice('Colors', schemes, scheme, (word) => `lang=${lang}&scheme=${word}`)}`,
    panels: html`${panels.map(
      ({ id, title, cases }) =>
        html`<li>
          <h2>${title}</h2>
          <iframe
            title="Panel: ${title}"
            loading="lazy"
            src="/gallery/panel?panel=${id}&lang=${lang}&scheme=${scheme}"
          ></iframe>
          ${causes(cases)}
        </li>`,
    )}`,
  };
}

/** @param {RegExp | null} cases */
function causes(cases) {
  const found = errorGroups.flatMap((group) => group.cases).filter(({ id }) => cases?.test(id));
  if (found.length === 0) return '';
  return html`<details>
    <summary>${found.length} provoked errors</summary>
    <ul class="cases">
      ${found.map(
        ({ id, title, outcome }) =>
          html`<li>
            <a href="/errors/${id}">${title}</a> <span class="outcome">${outcome}</span>
          </li>`,
      )}
    </ul>
  </details>`;
}

/**
 * The values of the page of one panel.
 *
 * @param {Record<string, string>} query
 */
export function panelPage(query) {
  const titles = Object.fromEntries(panels.map(({ id, title }) => [id, title]));
  const panel = wordOf(titles, query['panel']);
  const isRight = panel !== 'unavailable';
  return {
    panel,
    lang: wordOf(languages, query['lang']),
    scheme: wordOf(schemes, query['scheme']),
    title: titles[panel] ?? '',
    // An endpoint that the element refuses.
    endpoint: isRight ? '/qualifio/token' : 'ftp://publisher.localhost/token',
    loginTarget: panel === 'login-window' ? 'window' : 'self',
  };
}

/** What `/gallery/panel?panel=` accepts. */
export const panelIds = panels.map(({ id }) => id);

/** What `/gallery/panel?lang=` accepts, the one without a choice first. */
export const panelLanguages = Object.keys(languages);
