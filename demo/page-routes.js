// @ts-check
import { readFileSync } from 'node:fs';
import express from 'express';
import { accounts, demoPassword } from './accounts.js';
import { campaigns } from './campaigns.js';
import { errorGroups, findErrorCase } from './error-cases.js';
import { pageHeaders } from './page-headers.js';
import {
  elementsIn,
  escapeHtml,
  eventLog,
  footer,
  head,
  markupListing,
  masthead,
} from './partials.js';
import { safeReturnTo } from './return-to.js';
import { signedInAccount } from './sessions.js';
import { pages } from './site-map.js';

const folder = new URL('./pages/', import.meta.url);
const whenTexts = {
  load: 'It happens as soon as the page has loaded.',
  form: 'Log in, then play to the form: it happens there.',
  button: 'Wait for the campaign, then use the button under it.',
};

/** @typedef {Record<string, string>} Values HTML text by placeholder name */

/**
 * Replaces `{{name}}` with values, once: placeholders in a value, such as a visitor's own text, are not
 * replaced.
 *
 * @param {string} template text of this project, never of a visitor
 * @param {Values} values
 * @throws {Error} if the template has a name without a value
 */
export function fill(template, values) {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_match, name) => {
    if (!Object.hasOwn(values, name)) throw new Error(`demo page: no value for {{${name}}}`);
    return values[name] ?? '';
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
   * @param {express.Request} req
   * @param {express.Response} res
   * @param {string} file
   * @param {Values} values
   * @param {{ allowKitPolicy: boolean }} policy
   */
  function show(req, res, file, values, policy = { allowKitPolicy: true }) {
    const account = signedInAccount(req);
    const template = readFileSync(new URL(file, folder), 'utf8');
    const page = fill(template, {
      ...siteValues,
      head,
      masthead: masthead(account, req.originalUrl),
      footer: footer(req.path),
      eventLog,
      markup: markupListing(fill(elementsIn(template), { ...siteValues, ...values })),
      ...values,
    });
    res.set(pageHeaders(campaignUrl, policy));
    res.type('html').send(page);
  }

  /** @type {(req: express.Request, res: express.Response, wrong: boolean) => void} */
  function showLogin(req, res, wrong) {
    const returnTo = safeReturnTo(req.body?.return_to ?? req.query['return_to']);
    show(req, res, 'login.html', {
      masthead: masthead(signedInAccount(req), returnTo),
      returnTo: escapeHtml(returnTo),
      email: escapeHtml(String(req.body?.email ?? '')),
      problem: wrong
        ? '<p class="problem" role="alert">E-mail address or password is wrong.</p>'
        : '',
      accounts: accountList(),
    });
  }

  const router = express.Router();
  router.get('/', (req, res) => {
    show(req, res, 'index.html', { pages: pageList(), accounts: accountList() });
  });
  for (const { path, file } of pages) router.get(path, (req, res) => show(req, res, file, {}));
  router.get('/errors', (req, res) => show(req, res, 'errors.html', { cases: caseList() }));
  router.get('/errors/:id', (req, res, next) => {
    const found = findErrorCase(req.params.id);
    if (!found) return next();
    show(
      req,
      res,
      'error-case.html',
      {
        title: escapeHtml(found.title),
        outcome: escapeHtml(found.outcome),
        when: whenTexts[found.when],
        kitUrl: escapeHtml(found.knobs ? `${kitUrl}?${found.knobs}` : kitUrl),
        allowedHosts: found.allowedHosts ? ` data-allowed-hosts="${found.allowedHosts}"` : '',
        element: elementOf(found, campaignHost),
        extra: found.extra ?? '',
        button:
          found.when === 'button'
            ? '<p class="below-campaign"><button type="button" data-remove-frame>Remove the frame</button></p>'
            : '',
      },
      { allowKitPolicy: found.csp !== 'no-kit-policy' },
    );
  });
  return { router, showLogin, show };
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
  const lines = Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `          ${name}="${escapeHtml(value ?? '')}"`);
  return `<qualifio-campaign\n${lines.join('\n')}\n        ></qualifio-campaign>`;
}

function pageList() {
  return pages
    .map(
      ({ path, title, summary }) =>
        `<li><a href="${path}">${title}</a><p>${escapeHtml(summary)}</p></li>`,
    )
    .join('\n');
}

function caseList() {
  return errorGroups
    .map(({ title, cases }) => {
      const rows = cases.map(
        ({ id, title: name, outcome }) =>
          `<li><a href="/errors/${id}">${escapeHtml(name)}</a> <span class="outcome">${escapeHtml(outcome)}</span></li>`,
      );
      return `<section><h2>${title}</h2><ul class="cases">${rows.join('')}</ul></section>`;
    })
    .join('\n');
}

function accountList() {
  const rows = accounts.map(({ email }) => `<li><code>${email}</code></li>`);
  return `<ul class="accounts">${rows.join('')}</ul><p>The password is <code>${demoPassword}</code> for each.</p>`;
}
