// @ts-check
// The parts that all pages share.
import { html } from 'hono/html';
import { eventNames } from 'qualifio-campaign';
import { pageGroups, pages } from './site-map.js';

/** What every page loads. The encoding comes first. */
export const head = html`<meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <link rel="icon" href="/icon.svg" type="image/svg+xml" />
  <link rel="stylesheet" href="/demo.css" />
  <script src="/demo.js" type="module"></script>`;

/**
 * @param {import('./accounts.js').Account | null} account
 * @param {string} path where to come back to after a login or logout
 */
export function masthead(account, path) {
  const name = account ? `${account.firstname} ${account.lastname}` : '';
  return html`<a class="skip-link" href="#main">Skip to content</a>
    <header class="masthead">
      <a class="brand" href="/">The Lantern</a>
      <div class="account">
        <div data-signed-in ${account ? '' : 'hidden'}>
          <span class="account-name" data-account-name>${name}</span>
          <form method="post" action="/logout">
            <input type="hidden" name="return_to" value="${path}" />
            <button class="quiet">Log out</button>
          </form>
        </div>
        <a
          data-signed-out
          ${account ? 'hidden' : ''}
          href="/login?return_to=${encodeURIComponent(path)}"
          >Log in</a
        >
      </div>
    </header>`;
}

const imprint = html`<p>
  The Lantern is an invented newspaper. Its campaigns are simulated and nothing leaves this
  computer.
</p>`;

/**
 * Where a page is on the site.
 *
 * @param {string} currentPath
 */
export function kicker(currentPath) {
  const known = pages.find(
    ({ path }) => currentPath === path || currentPath.startsWith(`${path}/`),
  );
  const isBelow = known?.path !== currentPath;
  const page = isBelow ? html`<a href="${known?.path}">${known?.title}</a>` : known?.title;
  return html`<p class="kicker"><a href="/">Games</a> · ${page}</p>`;
}

/** @param {string} currentPath */
export function footer(currentPath) {
  if (currentPath === '/') return html`<footer class="footer">${imprint}</footer>`;
  const link = (/** @type {import('./site-map.js').DemoPage} */ { path, title }) => {
    const current = path === currentPath ? html`aria-current="page"` : '';
    return html`<li><a href="${path}" ${current}>${title}</a></li>`;
  };
  const groups = pageGroups.map(
    (group) =>
      html`<div>
        <h2>${group.title}</h2>
        <ul>
          ${group.pages.map(link)}
        </ul>
      </div>`,
  );
  return html`<footer class="footer">
    <nav aria-label="Demo pages">${groups}</nav>
    ${imprint}
  </footer>`;
}

/** Filled by event-log.js; says so if scripts do not run. Not announced: participants hear the panels. */
const eventLog = html`<section class="log" aria-labelledby="event-log-title">
  <h2 id="event-log-title">Events of the element</h2>
  <div
    class="log-entries"
    role="log"
    aria-live="off"
    aria-labelledby="event-log-title"
    tabindex="0"
  >
    <ol data-event-log="${eventNames.join(' ')}"></ol>
    <p data-log-empty>None so far.</p>
  </div>
</section>`;

/** Filled by transcript.js with what the simulator reports. */
const transcript = html`<section class="log" aria-labelledby="transcript-title">
  <h2 id="transcript-title">Transcript of the simulator</h2>
  <div
    class="log-entries"
    role="log"
    aria-live="off"
    aria-labelledby="transcript-title"
    tabindex="0"
  >
    <ol data-transcript></ol>
    <p data-log-empty>None so far. Play the campaign.</p>
  </div>
</section>`;

/**
 * What is behind a page: its source, the element's events, and the simulator's transcript.
 *
 * @param {string} source markup of the page, filled in
 * @param {readonly { name: string, text: string }[]} files that belong to this page alone
 */
export function behind(source, files) {
  const listed = files.map(
    ({ name, text }) =>
      html`<h3>${name}</h3>
        <pre tabindex="0" role="region" aria-label="${name}"><code>${text}</code></pre>`,
  );
  return html`<div class="behind">
    <div class="listing">
      <h2 id="listing-title">Source of this page</h2>
      <pre tabindex="0" role="region" aria-labelledby="listing-title"><code>${source}</code></pre>
      ${listed}
    </div>
    ${eventLog} ${transcript}
  </div>`;
}

/**
 * What a page's template has for the campaign: the scripts of the library, the elements, and the pasted
 * tags. Each begins with its indent.
 *
 * @param {string} template
 */
export function sourcesIn(template) {
  const scripts = template.match(/^ *<script\b[^>]*\bsrc=[^]*?<\/script>/gm) ?? [];
  const elements = template.match(
    /^ *(?:<(qualifio-campaign|qualifio-sign-in|qualifio-inspector|lantern-game)\b[^]*?<\/\1>|<div id="qualifio_insert_place_[^]*?<\/script>|\{\{element\}\})/gm,
  );
  return [...scripts, ...(elements ?? [])];
}

/**
 * Markup without the indent of its first line, and without empty lines. A long tag of a
 * script or an element has a line for each attribute.
 *
 * @param {string} markup
 */
export function outdented(markup) {
  const [indent = ''] = /^ */.exec(markup) ?? [];
  return markup
    .replaceAll(/\n\s*\n/g, '\n')
    .replaceAll(new RegExp(`^ {1,${indent.length || 1}}`, 'gm'), '')
    .replaceAll(/^<(?:script|qualifio-)[^\n>]{50,}>/gm, (tag) =>
      tag.replaceAll(/ ([a-z-]+(?:="[^"]*")?)/g, '\n  $1').replace(/>$/, '\n>'),
    );
}
