// The links of all pages lead to files and headings that exist. Offline: addresses of other sites are not
// requested.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { it } from 'node:test';
import { marked, Parser, type Token, type Tokens } from 'marked';
import { repository } from '../support/installed-package.js';

interface Page {
  links: readonly string[];
  anchors: ReadonlySet<string>;
}

const inDocs = await readdir(join(repository, 'docs'), { recursive: true });
const paths = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'llms.txt'].concat(
  inDocs.filter((name) => name.endsWith('.md')).map((name) => posix.join('docs', name)),
);
const pages = new Map<string, Page>();
for (const path of paths) pages.set(path, read(await readFile(join(repository, path), 'utf8')));

/** The links and the anchors of a page, as GitHub makes them of its headings. */
function read(text: string): Page {
  const links: string[] = [];
  const anchors = new Set<string>();
  const visit = (token: Token): void => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
    if (token.type === 'html') {
      for (const [, id] of (token as Tokens.HTML).text.matchAll(/<a id="([^"]+)">/g)) {
        anchors.add(id!);
      }
    }
    if (token.type === 'heading') {
      const parser = new Parser();
      const title = parser.parseInline((token as Tokens.Heading).tokens, parser.textRenderer);
      const slug = slugOf(title);
      let count = 0;
      while (anchors.has(count ? `${slug}-${count}` : slug)) count++;
      anchors.add(count ? `${slug}-${count}` : slug);
    }
  };
  void marked.walkTokens(marked.lexer(text), visit);
  return { links, anchors };
}

function slugOf(title: string): string {
  const text = title.replace(/&(?:#39|quot|lt|gt|amp);/g, '').toLowerCase();
  return text.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
}

/** The file and the anchor of a link; null if it leads to another site. */
function target(from: string, link: string): [file: string, anchor: string] | null {
  const own = /^https:\/\/github\.com\/[^/]+\/qualifio-campaign\/(?:blob|tree)\/\w+\/(.*)/.exec(
    link,
  );
  if (!own && /^[a-z]+:/.test(link)) return null;
  const [path = '', anchor = ''] = (own?.[1] ?? link).split('#');
  if (own) return [path, anchor];
  return [path ? posix.join(posix.dirname(from), path) : from, anchor];
}

for (const [path, { links }] of pages) {
  it(`${path} has no broken link`, () => {
    for (const link of links) {
      const [file, anchor] = target(path, link) ?? ['', ''];
      assert.ok(existsSync(join(repository, file)), `${link}: no such file`);
      if (!anchor) continue;
      assert.ok(pages.get(file)?.anchors.has(anchor), `${link}: no such heading`);
    }
  });
}

it('finds links in tables and lists, and anchors in the HTML of tables', () => {
  const count = [...pages.values()].reduce((sum, { links }) => sum + links.length, 0);
  assert.ok(count > 200, `${count} links`);
  assert.ok(pages.get('docs/doctor.md')!.anchors.has('page-element'));
  assert.ok(pages.get('docs/errors/README.md')!.links.includes('UNKNOWN.md'));
});
