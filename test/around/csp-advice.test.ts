import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { library, libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';
import { repository } from '../support/installed-package.js';

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

/** The policy and the page of a documented answer. */
function example(name: string): { policy: string; markup: string } {
  const text = readFileSync(`${repository}docs/examples/csp/${name}.http`, 'utf8');
  const [head = '', ...rest] = text.split('\n\n');
  return { policy: head.replace('Content-Security-Policy: ', ''), markup: rest.join('\n\n') };
}

/** Makes the site send a page with a policy; hosts are replaced in both. */
function serve(path: string, policy: string, markup: string): void {
  const { publisher } = reader;
  publisher.page(path, markup, { 'Content-Security-Policy': publisher.local(policy) });
}

/** Opens a page; returns it with a list of what its policies block. */
async function visit(path = '/'): Promise<{ page: Page; violations: string[] }> {
  const violations: string[] = [];
  const page = await reader.visit('/nothing');
  await page.exposeFunction('noteViolation', (what: string) => violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      (window as unknown as { noteViolation(what: string): void }).noteViolation(
        effectiveDirective,
      );
    });
  });
  await page.goto(reader.publisher.url(path));
  return { page, violations };
}

describe('docs/csp.md, followed exactly', () => {
  it('connect-src: contains the origin of an endpoint on another origin', async () => {
    const { publisher } = reader;
    const origin = new URL(publisher.url()).origin.replace('www.', 'login.');
    publisher.serve('/other/token', async ({ query, headers }) => {
      const answer = await publisher.token(query);
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'Access-Control-Allow-Origin': headers.origin ?? '',
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Allow-Headers': 'x-requested-with',
        },
      };
    });
    const { policy, markup } = example('host-list');
    serve(
      '/',
      policy.replace("connect-src 'self'", `connect-src ${origin}`),
      markup.replace('/qualifio/token', `${origin}/other/token`),
    );
    const { violations } = await visit();
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual([violations, reader.problems], [[], []]);
  });

  it('frame-ancestors: contains the origins that embed the page, and blocks others', async () => {
    const { publisher } = reader;
    const { origin } = new URL(publisher.url());
    const partner = origin.replace('www.publisher', 'www.partner');
    const { policy, markup } = example('host-list');
    serve('/', policy.replace("frame-ancestors 'none'", `frame-ancestors ${partner}`), markup);
    publisher.page('/embeds', `<iframe src="${origin}/"></iframe>`);
    const page = await reader.visit('/nothing');
    const campaigns = async (site: string): Promise<number> => {
      await page.goto(`${site}/embeds`);
      return page.frameLocator('iframe').locator('qualifio-campaign').count();
    };
    assert.equal(await campaigns(partner), 1);
    assert.equal(await campaigns(origin.replace('www.publisher', 'www.other')), 0);
  });

  it('a hash: allows the file from a CDN, but only with crossorigin="anonymous"', async () => {
    const { publisher } = reader;
    const cdn = new URL(publisher.url()).origin.replace('www.', 'cdn.');
    publisher.serve('/qualifio-campaign@1/min.js', {
      headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' },
      body: library,
    });
    const hash = createHash('sha384').update(publisher.local(library)).digest('base64');
    const { policy, markup } = example('hash');
    const fromCdn = markup
      .replace('/js/qualifio-campaign.min.js', `${cdn}/qualifio-campaign@1/min.js`)
      .replace('HASH', hash);
    serve('/', policy.replace('HASH', hash), fromCdn);
    await visit();
    assert.deepEqual(reader.statuses, []);
    serve(
      '/',
      policy.replace('HASH', hash),
      fromCdn.replace('defer', 'defer crossorigin="anonymous"'),
    );
    const { violations } = await visit();
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual([violations, reader.problems], [[], []]);
  });

  it('a new nonce for each response: a page that Turbo swaps in works under the policy of the first page', async () => {
    const { policy } = example('nonce');
    const turbo =
      '<script nonce="NONCE" src="/lib/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>';
    const page = (nonce: string, body: string): [string, string] => [
      policy
        .replace('cXVhbGlmaW8', nonce)
        .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
      `<head><meta name="csp-nonce" content="${nonce}">${turbo}
        ${libraryTag.replace('<script', '<script nonce="NONCE"')}</head><body>${body}`.replaceAll(
        'NONCE',
        nonce,
      ),
    ];
    const [, element = ''] = recipe('turbo.html').split('<body>');
    serve('/', ...page('b25l', '<a href="/quiz">Quiz</a>'));
    serve('/quiz', ...page('dHdv', element.replace('id="quiz"', 'id="quiz" nonce="dHdv"')));
    const { page: view } = await visit();
    await view.getByText('Quiz').click();
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual(reader.problems, []);
  });
});
