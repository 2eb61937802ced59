import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { RecipeModules } from '../support/around/recipe-modules.js';
import { recipe } from '../support/around/recipes.js';
import { vendorTag } from '../support/publisher-site.js';

const site = `<script defer src="/js/site.js"></script>${libraryTag}`;
/** Text from an honest and from a hostile editor. */
const written = recipe('editor.html').replace(
  '></',
  ' host="evil.example" auth-endpoint="//evil.example/" onclick="evil()"></',
);
const pasted = `<qualifio-campaign><template>${vendorTag('jeux.publisher.com')}</template></qualifio-campaign>`;

const modules = await RecipeModules.of(['sanitize-html.js']);
let reader: Reader;
let sanitize: (html: string) => string;
before(async () => {
  reader = await Reader.arrive();
  const headers = { 'Content-Type': 'text/javascript' };
  reader.publisher.serve('/js/site.js', { headers, body: recipe('site.js') });
  ({ sanitize } = (await modules.load('sanitize-html.js')) as { sanitize: typeof sanitize });
});
after(() => Promise.all([reader.leave(), modules.remove()]));

async function assertPlayed(markup: string): Promise<void> {
  reader.publisher.page('/', markup);
  await reader.visit('/');
  assert.equal(await reader.play(), 'Camille');
  assert.deepEqual(reader.problems, []);
}

/** Attributes of the page's element, as written in the page. */
const attributes = (): Promise<Record<string, string>> =>
  reader.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelector('qualifio-campaign')!.attributes].map(({ name, value }) => [
        name,
        value,
      ]),
    ),
  );

const allowed = {
  'campaign-id': '123456',
  'auth-endpoint': '/qualifio/token',
  'login-url': '/login',
};

describe('the text of an editor', () => {
  it('works with the attributes that site.js adds', () =>
    assertPlayed(`<body>${recipe('editor.html')}${site}`));
});

describe('DOMPurify', () => {
  const purify = '<script src="/lib/dompurify/dist/purify.min.js"></script>';
  const page = (html: string, code: string): string =>
    `<head>${purify}${libraryTag}</head><body><div id="article"></div>
    <script>const html = ${JSON.stringify(html).replaceAll('</', '<\\/')};${code}</script>`;

  it('keeps only what the recipe allows', async () => {
    await assertPlayed(page(written, recipe('dompurify.js')));
    assert.deepEqual(await attributes(), allowed);
  });

  it('removes the element by default, and always removes the script of a pasted tag', async () => {
    reader.publisher.page('/', page(written, 'window.out = DOMPurify.sanitize(html)'));
    const view = await reader.visit('/');
    assert.equal(await view.evaluate('out'), '\n');
    reader.publisher.page('/', page(pasted, recipe('dompurify.js')));
    await reader.visit('/');
    const { page: shown } = reader;
    const inside = await shown.evaluate(
      () => document.querySelector('qualifio-campaign template')?.innerHTML ?? '',
    );
    assert.doesNotMatch(inside, /createIframe/);
  });
});

describe('sanitize-html', () => {
  it('keeps only what the recipe allows', async () => {
    await assertPlayed(`<head>${libraryTag}</head><body>${sanitize(written)}`);
    assert.deepEqual(await attributes(), allowed);
  });

  it('removes the element by default, and always removes a pasted tag', async () => {
    const { default: sanitizeHtml } = await import('sanitize-html');
    assert.equal(sanitizeHtml(written), '\n');
    assert.doesNotMatch(sanitize(pasted), /template|createIframe/);
  });
});

const markdowns: readonly [string, (text: string) => string][] = [
  ['markdown-it', (text) => new MarkdownIt({ html: true }).render(text)],
  ['marked', (text) => marked.parse(text, { async: false })],
];
for (const [name, render] of markdowns) {
  describe(name, () => {
    const text = recipe('markdown.md');
    const isShown = (what: string): Promise<boolean> => reader.page.getByText(what).isVisible();
    const parent = (): Promise<string> =>
      reader.page.evaluate(
        () => document.querySelector('qualifio-campaign')!.parentElement!.localName,
      );

    it('renders a working campaign, and the text around it', async () => {
      await assertPlayed(`<body>${render(text)}${site}`);
      assert.deepEqual([await isShown('Who wins?'), await isShown('Good luck!')], [true, true]);
      assert.equal(await parent(), 'body');
    });

    it('hides the text after a self-closing tag', async () => {
      const selfClosing = text.replace(/>\n<\/qualifio-campaign>/, ' />');
      reader.publisher.page('/', `<body>${render(selfClosing)}${site}`);
      await reader.visit('/');
      await reader.begin();
      assert.deepEqual([await isShown('Who wins?'), await isShown('Good luck!')], [true, false]);
    });

    it('puts a campaign on one line into a paragraph', async () => {
      await assertPlayed(`<body>${render(text.replace('>\n</', '></'))}${site}`);
      assert.equal(await parent(), 'p');
    });
  });
}

describe('markdown-it', () => {
  it('shows HTML as text if HTML is not allowed', () => {
    assert.match(new MarkdownIt().render(recipe('markdown.md')), /&lt;qualifio-campaign/);
  });
});
