// What a registry's reader and a bundler find in the package that npm packs: types for each version
// of TypeScript, side effects, size. Run `npm run build` first.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { InstalledPackage, repository } from '../support/installed-package.js';
import { installPackages } from '../support/own-packages.js';

const run = promisify(execFile);
const manifest = await readJson<{
  exports: Record<string, { types?: string } | string>;
  peerDependencies: Record<string, string>;
}>(join(repository, 'package.json'));
/** Specifiers with types, but for Angular, whose apps are checked in `test/frameworks`. */
const typed = Object.keys(manifest.exports)
  .filter((entry) => !/\.json$|angular$/.test(entry))
  .map((entry) => `qualifio-campaign${entry.slice(1)}`);
const peers = Object.keys(manifest.peerDependencies);

let project: InstalledPackage;
before(async () => {
  project = await InstalledPackage.create();
  await project.link('react', 'vue', 'svelte', 'solid-js', 'preact', '@types/react');
});
after(() => project.remove());

describe('the types', () => {
  it('resolve for each entry, by Are The Types Wrong?', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    await run(process.execPath, [attw, project.tarball, '--profile', 'esm-only']);
  });

  /** Entries that import types of another package that are not valid: Playwright's need those of Node. */
  const exceptions: Readonly<Record<string, RegExp>> = { '5.4': /\/(svelte|solid|playwright)$/ };
  const versions = ['5.4', '5.9', '6.0', '7.0'];
  let others: string;
  before(async () => {
    others = join(await installPackages('test/package/typescript'), 'node_modules');
  });

  for (const version of versions) {
    it(`are valid in TypeScript ${version}, without skipLibCheck and @types/node`, async () => {
      const entries = typed.filter(
        (entry) => !(exceptions[version] ?? /\/playwright$/).test(entry),
      );
      const files = entries.map((entry) => `import '${entry}';`).join('\n');
      const use = `import { createSimulator } from 'qualifio-campaign/simulator';
        import { createTokenEndpoint } from 'qualifio-campaign/server';
        export const answer: Promise<Response> = createTokenEndpoint({} as never)({} as Request);
        export const simulator: object = createSimulator();
        const element = document.createElement('qualifio-campaign');
        element.addEventListener('qualifio-token-sent', (event) => event.expiresAt?.getTime());
        export const done: Promise<boolean> = element.resume();`;
      await writeFile(join(project.folder, 'index.ts'), `${files}\n${use}`);
      const options = {
        ...{ module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'] },
        ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
        ...{ types: [], noEmit: true, jsx: 'preserve' },
      };
      const config = { compilerOptions: options, files: ['index.ts'] };
      await writeFile(join(project.folder, 'tsconfig.json'), JSON.stringify(config));
      const own = join(repository, 'node_modules/typescript');
      const folder = version === '6.0' ? own : join(others, `typescript-${version}`);
      const { version: exact } = await readJson<{ version: string }>(join(folder, 'package.json'));
      assert.ok(exact.startsWith(version), `${exact} is not ${version}`);
      const tsc = run(process.execPath, [join(folder, 'bin/tsc')], { cwd: project.folder });
      await tsc.catch((error: unknown) => assert.fail((error as { stdout: string }).stdout));
    });
  }
});

describe('a bundle', () => {
  async function bundle(contents: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: project.folder },
      bundle: true,
      minify: true,
      format: 'esm',
      external: peers,
      platform: /simulator|playwright/.test(contents) ? 'node' : 'browser',
      logLevel: 'silent',
      write: false,
    });
    return outputFiles[0]!.text;
  }

  for (const entry of typed) {
    const defines = {
      ...{ '': 'campaign', '/inspector': 'inspector', '/react': 'campaign' },
      '/sign-in': 'sign-in',
    };
    const path = entry.replace('qualifio-campaign', '');
    const isPageFile = /\.min\.m?js$/.test(path);
    const element = isPageFile
      ? /qualifio-([\w-]+)\.min/.exec(path)![1]
      : defines[path as keyof typeof defines];
    it(`of ${entry} alone ${element ? `defines qualifio-${element}` : 'is empty'}`, async () => {
      const text = await bundle(`import '${entry}';`);
      if (element) assert.match(text, new RegExp(`define\\("qualifio-${element}"`));
      else assert.equal(text.trim(), '');
    });
  }

  it('contains only what it uses of the parser, without Lit and jose', async () => {
    const text = await bundle(`import { parseTag } from 'qualifio-campaign/parse-tag.js';
      console.log(parseTag(''));`);
    assert.doesNotMatch(text, /customElements|reactiveElement|AES|litHtml/);
    assert.ok(text.length < 6_000, `${text.length} bytes`);
  });
});

describe('the package', () => {
  const allowed: readonly RegExp[] = [
    /^(package\.json|README\.md|LICENSE|SECURITY\.md|llms\.txt)$/,
    /^(custom-elements|web-types)\.json$/,
    /^vscode\.(html|css)-custom-data\.json$/,
    /^docs\/(([\w-]+\/)?[\w-]+\.md|images\/[\w-]+\.(svg|png)|diagrams\/\w+\.mmd|examples\/\w+\/[\w.-]+)$/,
    /^dist\/(THIRD-PARTY-LICENSES\.txt|sbom\.cdx\.json)$/,
    /^dist\/[\w/-]+(\.styles)?\.js$/,
    /^dist\/qualifio-(campaign|inspector|sign-in)\.min\.m?js$/,
  ];
  const declarations = Object.values(manifest.exports)
    .map((entry) => (typeof entry === 'string' ? undefined : entry.types?.slice(2)))
    .filter((path) => path !== undefined);

  it('contains only the listed kinds of files, and no declarations of internals', async () => {
    const root = join(project.folder, 'node_modules/qualifio-campaign');
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    const isAllowed = (path: string): boolean =>
      /\.d\.m?ts$/.test(path)
        ? declarations.includes(path) || /^dist\/types\/[\w-]+\.d\.ts$/.test(path)
        : allowed.some((pattern) => pattern.test(path));
    assert.deepEqual(
      files.filter((path) => !isAllowed(path)),
      [],
    );
    assert.ok(declarations.every((path) => files.includes(path)));
    assert.ok(files.filter((path) => path.startsWith('dist/types/')).length <= 4);
    // Types of one framework that came from another's would need both to be installed.
    for (const path of declarations) {
      const imports = (await readFile(join(root, path), 'utf8')).matchAll(/ '(\.[^']+)';$/gm);
      for (const [, from] of imports)
        assert.match(from!, /\/(index|types\/.+|element\/.+)\.js$/, path);
    }
  });

  it('has the command qualifio-tag, which needs no other package', async () => {
    const page = join(project.folder, 'page.html');
    await writeFile(page, '<script>_qual_async.push([])</script>');
    const script = await project.command('qualifio-tag');
    const failed = run(process.execPath, [script, 'page.html'], { cwd: project.folder });
    await assert.rejects(failed, { code: 1, stdout: '', stderr: /^page\.html:1: left: / });
    const text = await readFile(script, 'utf8');
    assert.doesNotMatch(text, /^import [^;]*from '(?!node:|\.\.\/command\/)/m);
  });

  it('and its dependencies take the space that this test allows', async (t) => {
    const own = await sizeOf(join(project.folder, 'node_modules/qualifio-campaign'));
    const { packages } = await readJson<{ packages: Record<string, object> }>(
      join(repository, 'package-lock.json'),
    );
    const needed = Object.entries(packages)
      .filter(
        ([path, entry]) => path && !('dev' in entry || 'devOptional' in entry || 'peer' in entry),
      )
      .map(([path]) => path);
    const sizes = await Promise.all(needed.map((path) => sizeOf(join(repository, path))));
    const all = sizes.reduce((sum, size) => sum + size, own);
    const packed = (await stat(project.tarball)).size;
    const kB = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
    t.diagnostic(
      `packed ${kB(packed)}, unpacked ${kB(own)}, with ${needed.length} dependencies ${kB(all)}`,
    );
    assert.ok(packed < 850_000 && own < 3_000_000 && needed.length <= 8);
  });
});

/** Bytes of the files in a folder. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(
    async ({ parentPath, name }) => (await stat(join(parentPath, name))).size,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
