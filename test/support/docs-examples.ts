import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { repository } from './installed-package.js';

/** Types of SDKs that are too large to install. */
const sdkTypes = 'test/support/server/kms-stubs.d.ts';

/** The examples of one page of `docs/`: separate files, which the page shows in full. */
export class DocsExamples {
  readonly #page: string;
  readonly #folder: string;
  /** File names, sorted. */
  readonly names: readonly string[];

  private constructor(page: string, folder: string, names: readonly string[]) {
    this.#page = page;
    this.#folder = folder;
    this.names = names;
  }

  /** @param topic `server` for `docs/server.md` and `docs/examples/server/`. */
  static async of(topic: string): Promise<DocsExamples> {
    const folder = join(repository, 'docs/examples', topic);
    const names = (await readdir(folder)).sort();
    return new DocsExamples(join(repository, `docs/${topic}.md`), folder, names);
  }

  /**
   * An example's text, in which the files that a framework keeps elsewhere, such as
   * `$lib/server/qualifio`, are those beside it.
   */
  #readForUse(text: string): string {
    return text.replace(/ from '[.@$~][^']*\/(qualifio|session)(?:\.js)?';/g, " from './$1.js';");
  }

  #read(name: string): Promise<string> {
    return readFile(join(this.#folder, name), 'utf8');
  }

  /** Fails unless the page shows every example exactly as in its file, and no other TypeScript. */
  async assertShown(): Promise<void> {
    const page = await readFile(this.#page, 'utf8');
    const shown = /\(examples\/\w+\/([\w.-]+)\)\n\n```ts\n([^]*?)```\n/g;
    const blocks = new Map([...page.matchAll(shown)].map(([, name, text]) => [name!, text!]));
    assert.deepEqual([...blocks.keys()].sort(), this.names);
    for (const [name, text] of blocks) assert.equal(text, await this.#read(name), name);
    assert.equal(
      page.match(/```ts\n/g)?.length,
      this.names.length,
      'no TypeScript but from a file',
    );
  }

  /**
   * The messages of tsc about the examples under the strictest settings of this repository; empty
   * if none.
   */
  problems(): string {
    const config = ts.readConfigFile(join(repository, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repository);
    const { declaration: _, declarationDir: __, isolatedDeclarations: ___, ...checked } = options;
    const source = (path: string): string[] => [join(repository, 'src', path)];
    const compilerOptions: ts.CompilerOptions = {
      ...checked,
      noEmit: true,
      rootDir: repository,
      types: ['node'],
      paths: {
        'qualifio-campaign': source('index.ts'),
        'qualifio-campaign/server': source('server/index.ts'),
        'qualifio-campaign/simulator': source('simulator/index.ts'),
        'qualifio-campaign/playwright': source('simulator/playwright/index.ts'),
        'next/server': [join(repository, 'test/support/server/next-server.ts')],
      },
    };
    const host = ts.createCompilerHost(compilerOptions);
    const { readFile: readAny } = host;
    host.readFile = (path) => {
      const text = readAny(path);
      return text && path.startsWith(this.#folder) ? this.#readForUse(text) : text;
    };
    const program = ts.createProgram(
      [...this.names.map((name) => join(this.#folder, name)), join(repository, sdkTypes)],
      compilerOptions,
      host,
    );
    return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
      getCanonicalFileName: String,
      getCurrentDirectory: () => '',
      getNewLine: () => '\n',
    });
  }

  /** Writes the examples as JavaScript, with `rewrite` applied to each. */
  async writeTo(target: string, rewrite = (text: string): string => text): Promise<void> {
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'package.json'), '{"type": "module", "private": true}');
    for (const name of this.names) {
      const { outputText } = ts.transpileModule(this.#readForUse(await this.#read(name)), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      await writeFile(join(target, name.replace(/\.ts$/, '.js')), rewrite(outputText));
    }
  }
}
