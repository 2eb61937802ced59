/** What docs/server.md says about CommonJS, with the current Node and with tsc. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { InstalledPackage, repository } from '../support/installed-package.js';

const entries = ['qualifio-campaign', 'qualifio-campaign/server', 'qualifio-campaign/simulator'];

let project: InstalledPackage;
before(async () => {
  project = await InstalledPackage.create();
  await writeFile(join(project.folder, 'package.json'), '{"type":"commonjs","private":true}');
});
after(() => project.remove());

describe('in CommonJS,', () => {
  for (const [how, load] of [
    ['require', (entry: string) => `Promise.resolve(require('${entry}'))`],
    ['import()', (entry: string) => `import('${entry}')`],
  ] as const) {
    it(`${how} loads the package`, async () => {
      const names = entries.map((entry) => `${load(entry)}.then(Object.keys)`).join(', ');
      const script = `Promise.all([${names}]).then((all) => console.log(JSON.stringify(all)))`;
      const [element, server, simulator] = JSON.parse(
        await project.node('--no-warnings', '-e', script),
      ) as string[][];
      assert.ok(element?.includes('QualifioCampaign'));
      assert.ok(server?.includes('createTokenEndpoint'));
      assert.ok(simulator?.includes('createSimulator'));
    });
  }
});

describe('TypeScript, in a project of CommonJS,', () => {
  const imports = entries.map((entry) => `import '${entry}';`).join('\n');
  const loads = `export const loaded = [${entries.map((entry) => `import('${entry}')`).join()}];`;
  const importIsRefused = 1479;
  const cases: readonly (readonly [
    how: string,
    module: ts.ModuleKind,
    text: string,
    codes: number[],
  ])[] = [
    ['module: node16 refuses import', ts.ModuleKind.Node16, imports, [importIsRefused]],
    ['module: node16 accepts import()', ts.ModuleKind.Node16, loads, []],
    ['module: node18 refuses import', ts.ModuleKind.Node18, imports, [importIsRefused]],
    ['module: node20 accepts import', ts.ModuleKind.Node20, imports, []],
    ['module: nodenext accepts import', ts.ModuleKind.NodeNext, imports, []],
  ];
  for (const [how, module, text, codes] of cases) {
    it(how, async () => {
      const file = join(project.folder, 'index.ts');
      await writeFile(file, text);
      const program = ts.createProgram([file], {
        module,
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: ['node'],
        typeRoots: [join(repository, 'node_modules/@types')],
        noEmit: true,
        strict: true,
        skipLibCheck: true,
      });
      const found = new Set(ts.getPreEmitDiagnostics(program).map(({ code }) => code));
      assert.deepEqual([...found], codes);
    });
  }
});
