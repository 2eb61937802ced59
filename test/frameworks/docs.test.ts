// The code of docs/frameworks.md is that of the apps, which test/frameworks/apps.test.ts builds.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { repository } from '../support/installed-package.js';

const text = await readFile(join(repository, 'docs/frameworks.md'), 'utf8');
const plain = (code: string): string => code.replace(/\s+/g, ' ').trim();

it('names the app of every code block', () => {
  const blocks = text.match(/^```\w+$/gm) ?? [];
  assert.ok(blocks.length > 10);
  assert.equal(text.match(/^<!-- \S+ -->\n\n```\w+$/gm)?.length, blocks.length);
});

for (const [, path, code] of text.matchAll(/^<!-- (\S+) -->\n\n```\w+\n([^]*?)^```$/gm)) {
  it(`has code of ${path}`, async () => {
    let rest = plain(await readFile(join(repository, path!), 'utf8'));
    for (const part of code!.split(/^ *…$/m).map(plain)) {
      const at = rest.indexOf(part);
      assert.notEqual(at, -1, `not in the file, or not in this order: ${part}`);
      rest = rest.slice(at + part.length);
    }
  });
}
