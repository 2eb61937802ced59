// What npm puts into the package: licenses of bundled code, and all files that its pages link to.
// Run `npm run build` first.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { errorGuide } from '../../src/error-guide.js';
import { assertBuilt, repository } from '../support/installed-package.js';

const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8');

describe('the package', () => {
  let files: ReadonlySet<string>;
  let licenses: string;

  before(async () => {
    assertBuilt();
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: repository });
    const [{ files: packed }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    files = new Set(packed.map(({ path }) => path));
    licenses = await read('dist/THIRD-PARTY-LICENSES.txt');
  });

  const expected = ['README.md', 'SECURITY.md', 'LICENSE', 'llms.txt'];
  for (const file of [...expected, 'dist/THIRD-PARTY-LICENSES.txt']) {
    it(`has ${file}`, () => assert.ok(files.has(file)));
  }

  it('has every file that its pages link to', async () => {
    const pages = [...files].filter((file) => file.endsWith('.md'));
    assert.ok(pages.length >= 5);
    for (const page of pages) {
      const links = (await read(page)).matchAll(/\]\((?!https?:|#)([^)\s#]+)(?:#[^)\s]*)?\)/g);
      for (const [, link] of links) {
        const target = posix.join(posix.dirname(page), link!);
        assert.ok(files.has(target), `${page} links to ${target}, which is not in the package`);
      }
    }
  });

  it('documents each error code in its declarations but not in the CDN file', async () => {
    const paths = [...files].filter((path) => path.endsWith('.d.ts'));
    const declarations = (await Promise.all(paths.map(read))).join('\n');
    const script = await read('dist/qualifio-campaign.min.js');
    for (const [code, { when, fix }] of Object.entries(errorGuide)) {
      const lines = declarations.split('\n').filter((line) => line.includes(` - \`${code}\` (`));
      assert.equal(lines.length, 1, code);
      assert.ok(lines[0]!.endsWith(`: ${when} Fix: ${fix}`), code);
      assert.ok(!script.includes(when) && !script.includes(fix), code);
    }
  });

  it('has the exact license of each package whose code is in a built file', async () => {
    const bundled = JSON.parse(await read('build/bundled.json')) as Record<string, string[]>;
    assert.ok(Object.keys(bundled).length >= 4);
    for (const [file, folders] of Object.entries(bundled)) {
      for (const folder of folders) {
        const manifest = JSON.parse(await read(`${folder}/package.json`)) as Record<string, string>;
        const title = `${manifest['name']} ${manifest['version']}, ${manifest['license']}\nin `;
        const section = licenses
          .split('-'.repeat(72))
          .find((part) => part.trim().startsWith(title));
        assert.ok(section?.includes(file), `${title} ${file}`);
        const name = (await readdir(join(repository, folder))).find((one) => /^licen/i.test(one));
        assert.ok(licenses.includes((await read(`${folder}/${name}`)).trim()), folder);
      }
    }
  });

  it('names only these packages', () => {
    const titles = [...licenses.matchAll(/^-{72}\n(\S+) \d+\.\d+\.\d+, \S+\nin /gm)];
    assert.deepEqual(
      titles.map(([, name]) => name),
      [
        ...['@hono/node-server', '@lit/react', '@lit/reactive-element'],
        ...['acorn', 'content-security-policy-parser', 'diff', 'hono', 'jose', 'lit-element'],
        ...['lit-html', 'parse5', 'entities', 'tldts', 'tldts-core'],
      ],
    );
  });
});
