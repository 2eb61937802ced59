import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildSync } from 'esbuild';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';
import { repository } from '../support/installed-package.js';
import { installPackages } from '../support/own-packages.js';
import { vendorTag } from '../support/publisher-site.js';

const link = recipe('cms-link.html');
const element =
  '<qualifio-campaign campaign-id="123456" auth-endpoint="//evil.example/" onclick="evil()"></qualifio-campaign>';
const pasted = vendorTag('jeux.publisher.com');

type Tool = (html: string) => string | Promise<string>;
/** A name of the page's script, which takes HTML and settings. */
const inEditor =
  (name: string, settings: string): Tool =>
  (html) =>
    reader.page.evaluate(`${settings}; ${name}(${JSON.stringify(html)}, settings)`);

let reader: Reader;
let folder: string;
let autop: (html: string) => string;
before(async () => {
  reader = await Reader.arrive();
  folder = await installPackages('test/around/cms');
  ({ autop } = createRequire(join(folder, 'package.json'))('@wordpress/autop') as {
    autop: typeof autop;
  });
  const { outputFiles } = buildSync({
    stdin: { contents: editors, resolveDir: folder },
    bundle: true,
    format: 'iife',
    loader: { '.css': 'empty' },
    write: false,
  });
  const headers = { 'Content-Type': 'text/javascript; charset=utf-8' };
  reader.publisher.serve('/js/editors.js', { headers, body: outputFiles[0]!.text });
  reader.publisher.page(
    '/editors',
    `<!doctype html><body><textarea id="text"></textarea><script src="/js/editors.js"></script>
    <script src="/lib/dompurify/dist/purify.min.js"></script>`,
  );
  await reader.visit('/editors');
});
after(() => reader.leave());

/** Each editor reads HTML and returns what it would save. */
const editors = `
import { ClassicEditor, Essentials, GeneralHtmlSupport, Link, Paragraph } from 'ckeditor5';
import tinymce from 'tinymce';
import 'tinymce/models/dom';
import 'tinymce/themes/silver';
import 'tinymce/icons/default';

window.ckeditor = async (html, htmlSupport) => {
  const plugins = [Essentials, Paragraph, Link, GeneralHtmlSupport];
  const place = document.body.appendChild(document.createElement('div'));
  const editor = await ClassicEditor.create(place, { licenseKey: 'GPL', plugins, htmlSupport });
  editor.setData(html);
  const saved = editor.getData();
  await editor.destroy();
  return saved;
};
window.tiny = async (html, options) => {
  const start = { selector: '#text', license_key: 'gpl', skin: false, content_css: false };
  const [editor] = await tinymce.init({ ...start, ...options });
  editor.setContent(html);
  const saved = editor.getContent();
  editor.remove();
  return saved;
};`;

const settingsOf = (name: string): string => recipe(name).replace(/const \w+ =/, 'var settings =');

/** What removes the element by default, and the recipe that makes it keep the element. */
const tools: Readonly<Record<string, readonly [tool: Tool, withRecipe?: Tool]>> = {
  'CKEditor 5': [
    inEditor('ckeditor', 'var settings = {}'),
    inEditor('ckeditor', settingsOf('ckeditor.js')),
  ],
  TinyMCE: [inEditor('tiny', 'var settings = {}'), inEditor('tiny', settingsOf('tinymce.js'))],
  DOMPurify: [inEditor('DOMPurify.sanitize', 'var settings = {}')],
  'sanitize-html': [(html) => sanitizeHtml(html)],
};

for (const [name, [tool, withRecipe]] of Object.entries(tools)) {
  describe(`${name}, by default,`, () => {
    it('keeps the link', async () => {
      assert.match(await tool(link), /<a href="#qualifio-campaign-123456">Take part<\/a>/);
    });

    it('removes the element, and the script of the tag', async () => {
      assert.doesNotMatch(await tool(`<p>a</p>${element}`), /qualifio/);
      assert.doesNotMatch(await tool(pasted), /<script/);
    });
  });

  if (withRecipe) {
    it(`${name}, with its recipe, keeps the element and only its campaign`, async () => {
      const kept = /<qualifio-campaign campaign-id="123456"><\/qualifio-campaign>/;
      const saved = await withRecipe(`<p>a</p>${element}`);
      assert.match(saved, kept);
      assert.doesNotMatch(saved, /evil/);
    });
  }
}

it('CKEditor 5 removes an element of which only the name is allowed', async () => {
  const settings = `var settings = { allow: [{ name: 'qualifio-campaign', attributes: true }] }`;
  assert.doesNotMatch(await inEditor('ckeditor', settings)(element), /qualifio/);
});

it("WordPress's paragraphs keep the link, the element and the tag", () => {
  const text = `Who wins?\n\n${element}\n\n${link.replaceAll(/<\/?p>/g, '')}`;
  const paragraphs = autop(text);
  assert.ok(paragraphs.includes(`<p>${element}</p>`));
  assert.match(paragraphs, /<a href="#qualifio-campaign-123456">/);
  assert.match(autop(pasted), /<div id="qualifio_insert_place_\d+"[^]*createIframe/);
});

it('Markdown without HTML keeps a link', () => {
  const html = new MarkdownIt().render('[Take part](#qualifio-campaign-123456)');
  assert.equal(html, '<p><a href="#qualifio-campaign-123456">Take part</a></p>\n');
});

it('the script of the site makes a working campaign of the link', async () => {
  const headers = { 'Content-Type': 'text/javascript' };
  reader.publisher.serve('/js/site.js', { headers, body: recipe('cms-link.js') });
  const scripts = `<script defer src="/js/site.js"></script>${libraryTag}`;
  reader.publisher.page('/', `${scripts}<body>${link}`);
  const page = await reader.visit('/');
  assert.equal(await reader.play(), 'Camille');
  assert.equal(await page.locator('a').count(), 0);
  assert.deepEqual(reader.problems, []);
});

it('hash.sh prints the integrity of a file', async () => {
  const name = 'qualifio-campaign.min.js';
  const place = await mkdtemp(join(tmpdir(), 'qualifio-campaign-'));
  const file = join(repository, 'LICENSE');
  await copyFile(file, join(place, name));
  const printed = execFileSync('sh', ['-c', recipe('hash.sh')], { cwd: place, encoding: 'utf8' });
  await rm(place, { recursive: true });
  const hash = createHash('sha384').update(await readFile(file));
  assert.equal(printed, `sha384-${hash.digest('base64')}\n`);
});
