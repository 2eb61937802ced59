/**
 * The endpoint must run without Node. The test reads its imports from the built files, because
 * users load those.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';

const root = new URL('../../', import.meta.url);

let folder: string;

before(async () => {
  const source = fileURLToPath(new URL('src/server/index.ts', root));
  await mkdir(new URL('.cache/', root), { recursive: true });
  folder = await mkdtemp(fileURLToPath(new URL('.cache/portability-', root)));
  const config = ts.readConfigFile(fileURLToPath(new URL('tsconfig.json', root)), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, fileURLToPath(root));
  const options = { ...parsed.options, outDir: folder, declarationDir: folder };
  const program = ts.createProgram([source], options);
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  // `types` is empty in tsconfig.json, so that a Node global would not compile.
  assert.deepEqual(
    problems.map(({ messageText }) => messageText),
    [],
  );
});

after(() => rm(folder, { recursive: true }));

/** Every package that a module imports, directly or through our other modules. */
async function packagesOf(entry: string): Promise<string[]> {
  const packages = new Set<string>();
  const modules = new Set([entry]);
  // The loop over a set includes entries that are added during the loop.
  for (const path of modules) {
    const text = await readFile(path, 'utf8');
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (/^\.\.?\//.test(fileName)) modules.add(join(dirname(path), fileName));
      else packages.add(fileName);
    }
  }
  assert.ok(modules.size > 20, 'the modules were found');
  return [...packages].sort();
}

describe('the built server entry', () => {
  it('imports only jose, as compiled', async () => {
    assert.deepEqual(await packagesOf(`${folder}/server/index.js`), ['jose']);
  });

  // @holds P18
  it('imports only jose in dist, if it is built', async () => {
    const entry = fileURLToPath(new URL('dist/server/index.js', root));
    if (existsSync(entry)) assert.deepEqual(await packagesOf(entry), ['jose']);
  });

  it('exports the documented names', async () => {
    const entry = (await import('../../src/server/index.js')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(entry).sort(), [
      'TokenError',
      'createCampaignFeed',
      'createJwksEndpoint',
      'createProfileEndpoint',
      'createTokenEndpoint',
      'signParticipantToken',
    ]);
  });
});
