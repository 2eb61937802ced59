// The workflow that publishes: the job with the right to publish runs no code of a dependency.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { repository } from '../support/installed-package.js';

const folder = join(repository, '.github/workflows');
const workflow = await readFile(join(folder, 'publish.yml'), 'utf8');
/** The text of each job, by name. */
const jobs = new Map(
  workflow
    .slice(workflow.indexOf('\njobs:\n'))
    .split(/^(?= {2}[\w-]+:$)/m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf(':')).trim(), text]),
);

describe('publishing', () => {
  it('has one job that can publish, with no permissions by default', () => {
    assert.match(workflow, /^permissions: \{\}$/m);
    const mayPublish = [...jobs].filter(([, text]) => text.includes('id-token: write'));
    assert.deepEqual(
      mayPublish.map(([name]) => name),
      ['publish'],
    );
  });

  it('builds in an earlier job, which passes on one file and its hash', () => {
    const build = jobs.get('build') ?? '';
    assert.match(build, /npm ci --ignore-scripts\n[^]*npm run build\n[^]*npm pack/);
    assert.match(build, /permissions:\n {6}contents: read\n {4}\w/);
    assert.match(build, /upload-artifact@/);
    assert.match(
      jobs.get('publish') ?? '',
      /needs: build\n[^]*download-artifact@[^]*sha512sum --check/,
    );
  });

  it('publishes without a checkout, an install or a script of the package', () => {
    const text = jobs.get('publish') ?? '';
    const actions = [...text.matchAll(/uses: ([^@\n]+)@/g)].map(([, name]) => name);
    assert.deepEqual(actions, ['actions/setup-node', 'actions/download-artifact']);
    const commands = [...text.matchAll(/run: (.+)$/gm)].map(([, command]) => command);
    assert.deepEqual(commands, [
      'echo "$SHA512  package.tgz" | sha512sum --check --strict',
      'npm publish ./package.tgz --ignore-scripts --provenance --access public',
    ]);
  });

  it('pins every action to a commit hash', async () => {
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) {
        assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
      }
    }
  });
});

describe('a release', () => {
  const script = join(repository, 'scripts/check-release.mjs');
  const URL = 'https://github.com/publisher/qualifio-campaign';
  let cwd: string;
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'qualifio-campaign-'));
  });
  after(() => rm(cwd, { recursive: true }));

  /** The result of the check for a package that names this owner, and names `others` in its files. */
  async function check(
    owner: string,
    others = owner,
  ): Promise<{ status: number | null; stdout: string }> {
    const page = `https://github.com/${owner}/qualifio-campaign`;
    const url = `git+${page}.git`;
    const manifest = {
      repository: { type: 'git', url },
      bugs: `${page}/issues`,
      homepage: `${page}#readme`,
    };
    await writeFile(join(cwd, 'package.json'), JSON.stringify(manifest));
    for (const file of ['src/errors.ts', 'docs/frameworks.md']) {
      const text = await readFile(join(repository, file), 'utf8');
      await mkdir(join(cwd, dirname(file)), { recursive: true });
      await writeFile(join(cwd, file), text.replaceAll(/(github\.com\/)\w+/g, `$1${others}`));
    }
    return spawnSync(process.execPath, [script], { cwd, env: { URL }, encoding: 'utf8' });
  }

  it('runs the check before any other code of this repository', () => {
    const test = jobs.get('test') ?? '';
    assert.match(
      test,
      /URL: \$\{\{ github[^]*run: node scripts\/check-release\.mjs\n[^]*\.ci\/run/,
    );
  });

  it('fails while package.json contains OWNER', async () => {
    const { status, stdout } = await check('OWNER');
    assert.equal(status, 1);
    for (const field of ['repository', 'bugs', 'homepage']) {
      assert.match(stdout, new RegExp(`^::error file=package.json::"${field}" is .*OWNER`, 'm'));
    }
  });

  it('fails while a page or a source contains OWNER, or errors link elsewhere', async () => {
    const { status, stdout } = await check('publisher', 'OWNER');
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=docs\/frameworks\.md,line=3::replace OWNER/m);
    assert.match(stdout, /^::error file=src\/errors\.ts,line=\d+::replace OWNER/m);
    const elsewhere = await check('publisher', 'another');
    assert.equal(elsewhere.status, 1);
    assert.match(
      elsewhere.stdout,
      /^::error file=src\/errors\.ts::"errorPages" must be .*publisher/,
    );
  });

  it('fails from another repository and passes from the one in package.json', async () => {
    assert.match((await check('another')).stdout, /"repository\.url" must be git\+https:/);
    assert.deepEqual((await check('publisher')).stdout, '');
    assert.equal((await check('publisher')).status, 0);
  });
});
