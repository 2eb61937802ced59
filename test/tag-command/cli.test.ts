// The command as users run it: its output, exit codes, and what happens to files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { UsageError } from '../../src/command/usage-error.js';
import { FileError, replaceFile } from '../../src/tag-command/files.js';
import { readFlags } from '../../src/tag-command/flags.js';
import { Command, type Run } from '../support/command.js';
import { div, element, tag } from './tags.js';

let root: string;
let folder: string;
before(async () => (root = await mkdtemp(join(tmpdir(), 'qualifio-tag-'))));
after(() => rm(root, { recursive: true }));
beforeEach(async () => (folder = await mkdtemp(join(root, 'site-'))));

const run = (...args: string[]): Promise<Run> => Command.tag(folder, ...args).ended();
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const write = (name: string, content: string | Buffer): Promise<void> =>
  writeFile(join(folder, name), content);
const endpoint = ['--auth-endpoint', '/token'];
const rewritten = (number: number) => element(number, ' auth-endpoint="/token"');

describe('qualifio-tag', () => {
  it('prints a diff that patch applies, and changes nothing without --write', async () => {
    const text = `<p>1\r\n<p>2\n<p>3\n<p>4\n${tag(7)}\n<p>5\n${'<p>\n'.repeat(20)}${tag(8)}`;
    await mkdir(join(folder, 'a b'));
    await write('a b/quiz é.html', text);
    const { stdout, stderr, code } = await run('./a b/quiz é.html', ...endpoint);
    assert.equal(code, 0);
    assert.match(stderr, /^2 tags to rewrite in 1 of 1 file, 0 left\n[^\n]*--write\.\n$/);
    assert.equal(await read('a b/quiz é.html'), text);
    execFileSync('patch', ['-p1', '--binary', '--silent'], { cwd: folder, input: stdout });
    const patched = await read('a b/quiz é.html');
    assert.equal(patched, text.replace(tag(7), rewritten(7)).replace(tag(8), rewritten(8)));
    await write('a b/quiz é.html', text);
    const second = await run('--write', 'a b/quiz é.html', ...endpoint);
    assert.equal(second.stdout, stdout);
    assert.equal(await read('a b/quiz é.html'), patched);
  });

  it('names what it leaves by file and line, ends with 1, and reports it as JSON', async () => {
    await write('a.html', `${tag(7)}\n${div(8)}\n<!-- ${div(9)} -->`);
    await write('latin.html', Buffer.from(`é ${tag(7)}`, 'latin1'));
    await write('utf16.html', Buffer.from(`\ufeff${tag(7)}`, 'utf16le'));
    await write('other.html', Buffer.from('é', 'latin1'));
    const files = ['a.html', 'latin.html', 'utf16.html', 'other.html'];
    const { stderr, code } = await run('--write', ...files);
    assert.equal(code, 1);
    assert.match(stderr, /^a\.html:2: left: tag 8: no createIframe [^\n]+\.\n/);
    assert.match(stderr, /\na\.html:3: note: a comment [^]*\nlatin\.html:1: left: .*UTF-8/);
    assert.match(stderr, /\nutf16\.html:1: left: [^]*1 tag rewritten in 1 of 4 files, 3 left\n/);
    assert.match(stderr, /--auth-endpoint/);
    assert.equal(await read('a.html'), `${element(7)}\n${div(8)}\n<!-- ${div(9)} -->`);
    assert.deepEqual(
      await readFile(join(folder, 'latin.html')),
      Buffer.from(`é ${tag(7)}`, 'latin1'),
    );
    const json = await run('--format', 'json', ...files, 'missing.html');
    assert.equal(json.code, 2);
    const report = JSON.parse(json.stdout) as Record<'files' | 'errors', Record<string, unknown>[]>;
    assert.deepEqual(
      report.files.map(({ file }) => file),
      files.slice(0, 3),
    );
    assert.deepEqual(report, {
      written: false,
      files: report.files,
      errors: ['missing.html: cannot read it (ENOENT); use the path of a readable file'],
      summary: { files: 4, changed: 0, rewritten: 0, left: 3, errors: 1 },
    });
  });

  it('rewrites the HTML files of a folder, and keeps permissions and links', async () => {
    await mkdir(join(folder, 'site/deep/node_modules'), { recursive: true });
    await mkdir(join(folder, 'site/.git'));
    const untouched = [
      'site/deep/node_modules/a.html',
      'site/.git/a.html',
      'site/a.txt',
      'real.html',
    ];
    for (const name of ['site/a.html', 'site/deep/B.HTM', ...untouched]) await write(name, tag(7));
    await chmod(join(folder, 'site/a.html'), 0o640);
    await symlink('../real.html', join(folder, 'site/link.html'));
    const { code } = await run('--write', 'site', ...endpoint);
    assert.equal(code, 0);
    for (const name of ['site/a.html', 'site/deep/B.HTM'])
      assert.equal(await read(name), rewritten(7));
    for (const name of untouched) assert.equal(await read(name), tag(7), name);
    assert.equal((await stat(join(folder, 'site/a.html'))).mode & 0o777, 0o640);
    assert.deepEqual((await readdir(join(folder, 'site'))).sort(), [
      '.git',
      'a.html',
      'a.txt',
      'deep',
      'link.html',
    ]);
    const linked = await run('--write', 'site/link.html', 'real.html', ...endpoint);
    assert.match(linked.stderr, /1 tag rewritten in 1 of 1 file/);
    assert.ok((await lstat(join(folder, 'site/link.html'))).isSymbolicLink());
    assert.equal(await read('real.html'), rewritten(7));
  });

  it('names a file that it cannot write, rewrites the others, and ends with 2', async () => {
    for (const name of ['a.html', 'b.html']) await write(name, tag(7));
    await chmod(join(folder, 'a.html'), 0o444);
    await mkdir(join(folder, 'empty'));
    const { stderr, code } = await run('--write', 'a.html', 'empty', 'b.html', ...endpoint);
    assert.equal(code, 2);
    assert.match(stderr, /^qualifio-tag: a\.html: the file is read-only; [^\n]+\n/);
    assert.match(stderr, /\nqualifio-tag: empty: no \.html or \.htm file [^\n]+\n/);
    assert.equal(await read('a.html'), tag(7));
    assert.equal(await read('b.html'), rewritten(7));
  });

  it('does not replace a file that has changed in between', async () => {
    await write('a.html', 'an editor saves this');
    const path = join(folder, 'a.html');
    const replaced = replaceFile(path, Buffer.from(tag(7)), Buffer.from(rewritten(7)));
    await assert.rejects(replaced, (error: Error) => {
      assert.ok(error instanceof FileError);
      assert.match(
        error.message,
        /a\.html: the file has changed in between; run the command again/,
      );
      return true;
    });
    assert.equal(await read('a.html'), 'an editor saves this');
    assert.deepEqual(await readdir(folder), ['a.html']);
  });

  it('prints its help and its version', async () => {
    const [help, version] = await Promise.all([run('--help'), run('--version')]);
    assert.match(help.stdout, /--write[^]*--auth-endpoint URL[^]*Exit code 0/);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\S*\n$/);
    assert.deepEqual([help.code, version.code], [0, 0]);
  });

  it('has the output that docs/migration.md shows', async () => {
    const page = await readFile(new URL('../../docs/migration.md', import.meta.url), 'utf8');
    const [, html] = /```html article\.html\n([^]*?)```/.exec(page)!;
    const [, args, output] =
      /```console\n\$ npx -p qualifio-campaign qualifio-tag (.*)\n([^]*?)```/.exec(page)!;
    await write('article.html', html!);
    const { stdout, stderr, code } = await run(...args!.split(' '));
    assert.equal(output, stdout + stderr);
    assert.equal(code, 1);
  });
});

describe('qualifio-tag ends with 2 and one line that names the option:', () => {
  const wrong: [what: string, args: string[], named: RegExp][] = [
    ['no file', ['--write'], /^FILE: /],
    ['an unknown flag', ['a.html', '--wirte'], /^--wirte is not a flag, --write is/],
    ['an unknown format', ['a.html', '--format', 'xml'], /^--format: xml .*json/],
    [
      'an endpoint over http',
      ['a.html', '--auth-endpoint', 'http://a.example/'],
      /^--auth-endpoint: .*https/,
    ],
    [
      'a login of another scheme',
      ['a.html', '--login-url', 'javascript:alert(1)'],
      /^--login-url: /,
    ],
    ['a password', ['a.html', '--login-url', 'https://a:b@c.example/'], /^--login-url: .*password/],
  ];
  for (const [what, args, named] of wrong) {
    it(what, () =>
      assert.throws(
        () => readFlags(args),
        (error: Error) => error instanceof UsageError && named.test(error.message),
      ),
    );
  }

  it('in the command', async () => {
    const { stdout, stderr, code } = await run();
    assert.deepEqual([stdout, code], ['', 2]);
    assert.match(stderr, /^qualifio-tag: FILE: [^\n]+\n$/);
  });
});
