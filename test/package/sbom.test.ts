// Compares the bill of materials with the built files, the lock file, and what another bundler
// finds inside. Run `npm run build` first.
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { assertBuilt, repository } from '../support/installed-package.js';

interface Component {
  type: string;
  group?: string;
  name: string;
  version: string;
  purl: string;
  licenses: { license: { id: string } }[];
  hashes: { alg: string; content: string }[];
  components?: Component[];
}

/** What npm reports about installed packages. */
interface Tree {
  version?: string;
  dependencies?: Record<string, Tree>;
}

assertBuilt();
const text = await readFile(join(repository, 'dist/sbom.cdx.json'), 'utf8');
const { components } = JSON.parse(text) as { components: Component[] };
const files = components.filter(({ type }) => type === 'file');
const nameOf = ({ group, name }: Component): string => (group ? `${group}/${name}` : name);
const inside = (file: string): string[] =>
  (files.find(({ name }) => name === file)?.components ?? []).map(nameOf).sort();

/** The packages whose code esbuild also finds behind an entry. */
async function bundledByEsbuild(
  entry: string,
  conditions: string[],
  external: string[] = [],
): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(repository, entry)],
    absWorkingDir: repository,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    minify: true,
    platform: conditions.includes('node') ? 'node' : 'browser',
    conditions,
    external,
    outfile: 'out.js',
  });
  const inputs = Object.entries(metafile.outputs['out.js']!.inputs);
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

describe('dist/sbom.cdx.json', () => {
  it('is CycloneDX 1.6 without the time or place of the build', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    assert.equal(await validator.validate(text), null);
    assert.doesNotMatch(text, /"(timestamp|serialNumber)"|file:\/|node_modules/);
    assert.ok(!text.includes(repository));
  });

  it('lists what npm installs with the package', async () => {
    const args = ['ls', '--omit=dev', '--all', '--package-lock-only', '--json'];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: repository });
    const byNpm = new Set<string>();
    const visit = ({ dependencies = {} }: Tree): void => {
      for (const [name, found] of Object.entries(dependencies)) {
        // An optional peer that is not installed.
        if (!found.version) continue;
        byNpm.add(`${name}@${found.version}`);
        visit(found);
      }
    };
    visit(JSON.parse(stdout) as Tree);
    const told = components
      .filter(({ type }) => type === 'library')
      .map((component) => `${nameOf(component)}@${component.version}`);
    assert.deepEqual(told.sort(), [...byNpm].sort());
  });

  it('lists only the packages whose code is in each built file', () => {
    assert.deepEqual(Object.fromEntries(files.map(({ name }) => [name, inside(name)])), {
      'dist/command/index.js': ['entities', 'parse5'],
      'dist/doctor/cli.js': ['content-security-policy-parser', 'tldts', 'tldts-core'],
      'dist/lit-react/create-component.js': ['@lit/react'],
      'dist/qualifio-campaign.min.js': ['@lit/reactive-element', 'jose'],
      'dist/qualifio-campaign.min.mjs': ['@lit/reactive-element', 'jose'],
      'dist/qualifio-inspector.min.js': ['@lit/reactive-element', 'lit-element', 'lit-html'],
      'dist/qualifio-sign-in.min.js': ['@lit/reactive-element', 'jose'],
      'dist/simulator/chunk-serve.js': ['@hono/node-server', 'hono'],
      'dist/simulator/configurator.js': ['@lit/reactive-element', 'lit-element', 'lit-html'],
      'dist/tag-command/cli.js': ['acorn', 'diff'],
    });
  });

  it('agrees with another bundler about their contents', async () => {
    const found = await bundledByEsbuild('build/simulator/command/cli.js', ['node'], ['jose']);
    assert.deepEqual(inside('dist/simulator/chunk-serve.js'), found);
    for (const [file, entry] of [
      ['dist/qualifio-campaign.min.js', 'build/define.js'],
      ['dist/qualifio-inspector.min.js', 'build/inspector/index.js'],
    ] as const) {
      const found = await bundledByEsbuild(entry, ['production']);
      for (const name of inside(file)) assert.ok(found.includes(name), `${file}: ${name}`);
    }
  });

  it('lists for the CDN file exactly what a bundler includes', async () => {
    const found = await bundledByEsbuild('dist/index.js', ['production']);
    assert.deepEqual(found, inside('dist/qualifio-campaign.min.js'));
  });

  it('has the hash of each of these files', async () => {
    for (const { name, hashes } of files) {
      const content = createHash('sha384').update(await readFile(join(repository, name)));
      assert.deepEqual(hashes, [{ alg: 'SHA-384', content: content.digest('hex') }], name);
    }
  });

  it('has version and license of everything that they contain', async () => {
    const noted = await readFile(join(repository, 'build/bundled.json'), 'utf8');
    const folders = Object.values(JSON.parse(noted) as Record<string, string[]>).flat();
    for (const component of files.flatMap(({ components = [] }) => components)) {
      // One package can be installed in several versions, inside those that depend on it.
      const folder = folders.find((path) => path.endsWith(`node_modules/${nameOf(component)}`));
      const manifest = await readFile(join(repository, folder!, 'package.json'), 'utf8');
      const { version, license } = JSON.parse(manifest) as { version: string; license: string };
      assert.equal(component.version, version, component.purl);
      assert.deepEqual(component.licenses, [{ license: { id: license } }], component.purl);
    }
  });
});
