import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { eventNames } from '../../src/events.js';
import { attributeNames } from '../../src/frameworks/element-names.js';
import { InstalledPackage, repository } from '../support/installed-package.js';

interface Manifest {
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
}

type Named = readonly { name: string }[];

interface EditorData {
  version?: string;
  modules?: {
    declarations: { tagName?: string; attributes: Named; events: Named; members: Named }[];
  }[];
}

const names = (list: Named = []): string[] => list.map(({ name }) => name).sort();

const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as Manifest;
const modules = Object.keys(manifest.exports).filter((entry) => !/\.(json|min\.m?js)$/.test(entry));
const files = Object.keys(manifest.exports).filter((entry) => !modules.includes(entry));
const specifier = (entry: string): string => `qualifio-campaign${entry.slice(1)}`;

describe('the package, installed in an empty project', () => {
  let project: InstalledPackage;
  const imports = (entry: string): Promise<string> =>
    project.node('-e', `import('${specifier(entry)}').then((m) => console.log(Object.keys(m)+''))`);

  before(async () => (project = await InstalledPackage.create()));
  after(() => project.remove());

  for (const entry of modules.filter((name) => !/react|angular|playwright/.test(name))) {
    // @holds F50
    it(`imports ${specifier(entry)} on a server without a framework`, async () => {
      await imports(entry);
    });
  }

  for (const [entry, framework] of Object.entries({
    './react': 'react',
    './angular': '@angular/core',
    './playwright': '@playwright/test',
  })) {
    it(`reports that ${framework} is missing`, async () => {
      await assert.rejects(imports(entry), new RegExp(`Cannot find package '${framework}'`));
    });
  }

  it('imports qualifio-campaign/react on a server with React', async () => {
    await project.link('react');
    const exported = (await imports('./react')).trim().split(',');
    const components = ['QualifioCampaign', 'QualifioSignIn'];
    for (const name of components) assert.ok(exported.includes(name));
    // Everything else that an app imports, with a name that does not clash with the component's.
    const own = (await imports('.'))
      .trim()
      .replace(/\bQualifioCampaign\b/, 'QualifioCampaignElement');
    assert.deepEqual(
      exported.filter((name) => !components.includes(name)).sort(),
      own.split(',').sort(),
    );
  });

  for (const entry of files) {
    it(`has ${specifier(entry)}`, async () => {
      const ask = `process.stdout.write(require.resolve('${specifier(entry)}'))`;
      const text = await readFile(await project.node('--input-type=commonjs', '-e', ask), 'utf8');
      if (entry.endsWith('.json')) JSON.parse(text);
    });
  }

  it('has data for editors', async () => {
    for (const name of ['html', 'css']) await installedJson(`vscode.${name}-custom-data.json`);
    const { version } = await installedJson('web-types.json');
    assert.equal(version, manifest.version);
  });

  it('describes every attribute and event, and no private member, in custom-elements.json', async () => {
    const { modules: described = [] } = await installedJson('custom-elements.json');
    const [element, inspector, signIn] = described
      .flatMap(({ declarations }) => declarations)
      .filter(({ tagName }) => tagName !== undefined);
    assert.deepEqual(names(element?.attributes), [...attributeNames.values()].sort());
    assert.deepEqual(names(element?.events), [...eventNames].sort());
    assert.ok(names(element?.members).includes('resume'));
    assert.deepEqual(
      names(element?.members).filter((name) => /^#|Callback$/.test(name)),
      [],
    );
    assert.deepEqual(names(inspector?.attributes), ['for']);
    assert.deepEqual(names(inspector?.members), [
      ...['campaign', 'clear', 'entries', 'faults', 'htmlFor', 'kitProfile', 'toText'],
    ]);
    assert.deepEqual(names(signIn?.attributes), [
      ...['auth-endpoint', 'login-return-param', 'login-target', 'login-url', 'pre-login'],
      ...['relay', 'token-timeout'],
    ]);
    // As in SignInEventMap: a campaign's events come from the tag's div.
    assert.deepEqual(names(signIn?.events), ['qualifio-error']);
  });

  it('runs its commands', async () => {
    const cli = join('node_modules/qualifio-campaign', manifest.bin['qualifio-simulator'] ?? '');
    assert.match(await project.node(cli, '--version'), new RegExp(`^${manifest.version}\\s*$`));
    const keygen = join('node_modules/qualifio-campaign', manifest.bin['qualifio-keygen'] ?? '');
    assert.match(await project.node(keygen), /PRIVATE KEY/);
  });

  // @holds P18
  it('depends only on Lit and jose', () => {
    const names = ['@lit/reactive-element', 'jose', 'lit'];
    assert.deepEqual(Object.keys(manifest.dependencies).sort(), names);
  });

  it('passes publint', async () => {
    const publint = join(repository, 'node_modules/publint/src/cli.js');
    const { stdout } = await promisify(execFile)(process.execPath, [publint, '--strict'], {
      cwd: repository,
    });
    assert.match(stdout, /All good!/);
  });

  async function installedJson(name: string): Promise<EditorData> {
    const path = join(project.folder, 'node_modules/qualifio-campaign', name);
    return JSON.parse(await readFile(path, 'utf8')) as EditorData;
  }
});
