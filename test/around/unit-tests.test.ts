import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { recipe } from '../support/around/recipes.js';
import { fromSource } from '../support/from-source.js';
import { repository } from '../support/installed-package.js';

const folder = join(repository, `.cache/around-${process.pid}`);
const library = JSON.stringify(new URL('../../src/index.ts', import.meta.url).href);

before(async () => {
  await mkdir(folder, { recursive: true });
  for (const name of ['quiz.js', 'quiz.test.js']) {
    const code = recipe(name).replaceAll(/(import|from) 'qualifio-campaign';/g, `$1 ${library};`);
    await writeFile(
      join(folder, name.replace(/js$/, 'mjs')),
      code.replace('./quiz.js', './quiz.mjs'),
    );
  }
});
after(() => rm(folder, { recursive: true }));

/** Runs the recipe's test in a process of its own; gives what Node says of it. */
async function run(dom: string): Promise<string> {
  const setUp = new URL(`../support/around/under-${dom}.ts`, import.meta.url).href;
  // Node leaves out tests that a test starts, where this variable is set.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...fromSource,
      '--import',
      setUp,
      '--test',
      '--test-reporter=tap',
      join(folder, 'quiz.test.mjs'),
    ],
    { env },
  );
  return stdout;
}

describe('a publisher’s unit test', () => {
  for (const dom of ['jsdom', 'happy-dom']) {
    it(`passes under ${dom}`, async () => {
      const said = await run(dom);
      assert.match(said, /^# pass 2$/m);
      assert.match(said, /^# fail 0$/m);
    });
  }
});
