// @ts-check
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { accounts, demoPassword } from './accounts.js';
import { campaigns } from './campaigns.js';
import { errorGroups, findErrorCase } from './error-cases.js';
import { panelPage, showGallery } from './gallery.js';
import { behind, footer, head, kicker, masthead, outdented, sourcesIn } from './partials.js';
import { safeReturnTo } from './return-to.js';
import { signedInAccount } from './sessions.js';
import { pageGroups, pages } from './site-map.js';

const folder = new URL('./pages/', import.meta.url);
const publicFolder = new URL('./public/', import.meta.url);
const whenTexts = {
  load: 'It happens as soon as the page has loaded.',
  form: 'Log in, then play to the form: it happens there.',
  button: 'Wait for the campaign, then use the button under it.',
};

/** @typedef {import('hono').Context} Context */
/** @typedef {ReturnType<typeof html>} Html */
/** @typedef {Record<string, string | Html>} Values text or HTML, by placeholder name */

/**
 * Shows the login form. `wrongEmail` is the address of a login that has failed.
 *
 * @typedef {(c: Context, form: { returnTo: unknown, wrongEmail?: string }) => Response | Promise<Response>} ShowLogin
 */

/**
 * Replaces `{{name}}` with values, once: placeholders in a value, such as a visitor's own text, are not
 * replaced. Text is escaped; what the tag `html` made is not.
 *
 * @param {string} template text of this project, never of a visitor
 * @param {Values} values
 * @throws {Error} if the template has a name without a value
 */
export function fill(template, values) {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_match, name) => {
    if (!Object.hasOwn(values, name)) throw new Error(`demo page: no value for {{${name}}}`);
    return String(html`${values[name]}`);
  });
}

/**
 * @param {{ campaignHost: string }} options host and port of the campaigns
 */
export function createPages({ campaignHost }) {
  const campaignUrl = `http://${campaignHost}`;
  const kitUrl = `${campaignUrl}/kit/qualp.2.min.js`;
  /** @type {Values} */
  const siteValues = {
    kitUrl,
    campaignHost,
    campaignUrl,
    ...Object.fromEntries(
      campaigns.flatMap(({ id, campaignId, channel }, index) => [
        [`campaign${index + 1}`, id],
        [`technicalId${index + 1}`, campaignId],
        [`channel${index + 1}`, channel],
      ]),
    ),
  };

  /**
   * @param {Context} c
   * @param {string} file
   * @param {Values} values
   * @param {200 | 401 | 404} [status]
   */
  function show(c, file, values, status = 200) {
    const template = readFileSync(new URL(file, folder), 'utf8');
    const { pathname, search } = new URL(c.req.url);
    const source = sourcesIn(template)
      .map((markup) => outdented(fill(markup, { ...siteValues, ...values })))
      .join('\n\n');
    const page = fill(template, {
      ...siteValues,
      head,
      masthead: masthead(signedInAccount(c.req.raw), pathname + search),
      kicker: kicker(pathname),
      footer: footer(pathname),
      behind: behind(source, sourcesOf(pathname)),
      ...values,
    });
    c.header('Cache-Control', 'no-store');
    return c.html(page, status);
  }

  /** @type {ShowLogin} */
  function showLogin(c, { returnTo, wrongEmail }) {
    return showForm(c, 'login.html', safeReturnTo(returnTo), wrongEmail);
  }

  /**
   * The login form of the accounts' own origin.
   *
   * @param {Context} c
   * @param {{ returnTo: string, state: string, wrongEmail?: string }} form
   */
  function showAccounts(c, { returnTo, state, wrongEmail }) {
    return showForm(c, 'accounts.html', returnTo, wrongEmail, { state });
  }

  /**
   * @param {Context} c
   * @param {string} file
   * @param {string} path where to come back to
   * @param {string | undefined} wrongEmail
   * @param {Values} [more]
   */
  function showForm(c, file, path, wrongEmail, more) {
    const isWrong = wrongEmail !== undefined;
    const values = {
      masthead: masthead(signedInAccount(c.req.raw), path),
      returnTo: path,
      email: wrongEmail ?? '',
      // A text that is there when the page loads may not be announced: the field with focus names it.
      problem: isWrong
        ? html`<p class="problem" id="problem">E-mail address or password is wrong.</p>`
        : '',
      mistake: isWrong ? html`aria-invalid="true" aria-describedby="problem" autofocus` : '',
      accounts: accountList(),
      ...more,
    };
    return show(c, file, values, isWrong ? 401 : 200);
  }

  const routes = new Hono();
  routes.get('/', (c) => show(c, 'index.html', { groups: groupList(), accounts: accountList() }));
  for (const { path, file } of pages) if (file) routes.get(path, (c) => show(c, file, {}));
  routes.get('/configurator/preview', (c) => show(c, 'configurator-preview.html', {}));
  routes.get('/gallery', (c) => show(c, 'gallery.html', showGallery(c.req.query())));
  routes.get('/gallery/panel', (c) => show(c, 'gallery-panel.html', panelPage(c.req.query())));
  routes.get('/errors', (c) => show(c, 'errors.html', { cases: caseList() }));
  routes.get('/errors/:id', (c) => {
    const found = findErrorCase(c.req.param('id'));
    if (!found) return c.notFound();
    return show(c, 'error-case.html', {
      title: found.title,
      heading: unbroken(found.title),
      outcome: found.outcome,
      when: whenTexts[found.when],
      kitUrl: found.knobs ? `${kitUrl}?${found.knobs}` : kitUrl,
      allowedHosts: found.allowedHosts ? html` data-allowed-hosts="${found.allowedHosts}"` : '',
      element: elementOf(found, campaignHost),
      extra: found.extra ?? '',
      button:
        found.when === 'button'
          ? html`<p class="below-campaign">
              <button type="button" data-remove-frame>Remove the frame</button>
            </p>`
          : '',
    });
  });
  return { routes, showLogin, showAccounts, show };
}

/**
 * A title whose names of attributes stay on one line.
 *
 * @param {string} title
 */
function unbroken(title) {
  const parts = title.split(/\b([a-z]+-[a-z]+)\b/);
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<span class="unbroken">${part}</span>` : part,
  )}`;
}

/**
 * @param {import('./error-cases.js').ErrorCase} errorCase
 * @param {string} campaignHost
 */
function elementOf({ endpoint, attributes }, campaignHost) {
  /** @type {Record<string, string | null>} */
  const all = {
    'campaign-id': campaigns[0]?.id ?? '',
    'channel-id': campaigns[0]?.channel ?? '',
    host: campaignHost,
    'auth-endpoint': endpoint ?? '/qualifio/token',
    'login-url': '/login',
    height: '720',
    ...attributes,
  };
  const line = raw('\n          ');
  const lines = Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`${line}${name}="${value}"`);
  return html`<qualifio-campaign${lines}${raw('\n        ')}></qualifio-campaign>`;
}

/**
 * The files that belong to a page alone.
 *
 * @param {string} path
 */
function sourcesOf(path) {
  const { sources = [] } = pages.find((page) => page.path === path) ?? {};
  return sources.map((name) => ({
    name,
    text: readFileSync(new URL(name, publicFolder), 'utf8').trimEnd(),
  }));
}

function groupList() {
  const card = (/** @type {import('./site-map.js').DemoPage} */ { path, title, summary, shows }) =>
    html`<li>
      <a href="${path}">${title}</a>
      <p>${summary}</p>
      <code>${shows}</code>
    </li>`;
  return html`${pageGroups.map(
    ({ title, intro, pages }) =>
      html`<section class="group">
        <h2>${title}</h2>
        <p>${intro}</p>
        <ul class="cards">
          ${pages.map(card)}
        </ul>
      </section>`,
  )}`;
}

function caseList() {
  const item = (/** @type {import('./error-cases.js').ErrorCase} */ { id, title, outcome }) =>
    html`<li><a href="/errors/${id}">${title}</a> <span class="outcome">${outcome}</span></li>`;
  return html`${errorGroups.map(
    ({ title, cases }) =>
      html`<section>
        <h2>${title}</h2>
        <ul class="cases">
          ${cases.map(item)}
        </ul>
      </section>`,
  )}`;
}

function accountList() {
  const rows = accounts.map(({ email }) => html`<li><code>${email}</code></li>`);
  return html`<ul class="accounts">
      ${rows}
    </ul>
    <p>The password is <code>${demoPassword}</code> for each.</p>`;
}
