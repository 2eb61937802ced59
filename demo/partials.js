// @ts-check
// The parts that all pages share.
import { html } from 'hono/html';
import { eventNames } from 'qualifio-campaign';
import { pages } from './site-map.js';

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

/** @param {string} currentPath */
export function footer(currentPath) {
  if (currentPath === '/') return html`<footer class="footer">${imprint}</footer>`;
  const everyPage = [...pages, { path: '/errors', title: 'Provoked errors' }];
  const links = everyPage.map(({ path, title }) => {
    const current = path === currentPath ? html`aria-current="page"` : '';
    return html`<li><a href="${path}" ${current}>${title}</a></li>`;
  });
  return html`<footer class="footer">
    <nav aria-label="Demo pages">
      <ul>
        ${links}
      </ul>
    </nav>
    ${imprint}
  </footer>`;
}

/** Filled by demo.js; says so if scripts do not run. */
export const eventLog = html`<section class="event-log" aria-labelledby="event-log-title">
  <h2 id="event-log-title">Events of the element</h2>
  <div class="event-log-entries" role="log" aria-labelledby="event-log-title" tabindex="0">
    <ol data-event-log="${eventNames.join(' ')}"></ol>
    <p data-event-log-empty>None so far.</p>
  </div>
</section>`;

/**
 * The elements of a page, as in its template.
 *
 * @param {string} template
 */
export function elementsIn(template) {
  const elements = template.match(
    /^ *(?:<qualifio-campaign[^]*?<\/qualifio-campaign>|\{\{element\}\})/gm,
  );
  return (elements ?? []).join('\n\n');
}

/**
 * Elements as a listing.
 *
 * @param {string} elements their markup, filled in
 */
export function markupListing(elements) {
  const indent = /^ */.exec(elements)?.[0].length ?? 0;
  const text = elements.replaceAll(new RegExp(`^ {1,${indent || 1}}`, 'gm'), '');
  return html`<section class="listing" aria-labelledby="listing-title">
    <h2 id="listing-title">Markup</h2>
    <pre tabindex="0" role="region" aria-labelledby="listing-title"><code>${text}</code></pre>
  </section>`;
}
