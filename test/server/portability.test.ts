/**
 * The endpoint has to run where there is no Node. What it imports is read from the built files, because
 * it is they that users load.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';

const here = import.meta.url;
const root = new URL('./', here.slice(0, here.lastIndexOf('/.cache/') + 1));

let folder: string;

before(async () => {
  const source = fileURLToPath(new URL('src/server/index.ts', root));
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

async function importsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true });
  const specifiers = new Set<string>();
  for (const name of names.filter((file) => file.endsWith('.js'))) {
    const text = await readFile(`${directory}/${name}`, 'utf8');
    for (const { fileName } of ts.preProcessFile(text).importedFiles) specifiers.add(fileName);
  }
  return [...specifiers].filter((specifier) => !specifier.startsWith('./')).sort();
}

describe('the built server entry', () => {
  it('imports jose and nothing else, as the compiler writes it', async () => {
    assert.deepEqual(await importsIn(`${folder}/server`), ['jose']);
  });

  it('imports jose and nothing else, as it stands in dist where that is built', async () => {
    const dist = fileURLToPath(new URL('dist/server', root));
    if (existsSync(`${dist}/index.js`)) assert.deepEqual(await importsIn(dist), ['jose']);
  });

  it('exports what the contract names', async () => {
    const entry = (await import('../../src/server/index.js')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(entry).sort(), [
      'TokenError',
      'createJwksEndpoint',
      'createTokenEndpoint',
      'signParticipantToken',
    ]);
  });
});
