import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { RecipeModules } from '../support/around/recipe-modules.js';
import { fromSource } from '../support/from-source.js';

const library = JSON.stringify(new URL('../../src/index.ts', import.meta.url).href);
const modules = await RecipeModules.of(['quiz.js', 'quiz.test.js'], (code) =>
  code.replaceAll(/(import|from) 'qualifio-campaign';/g, `$1 ${library};`),
);
after(() => modules.remove());

/** Runs the recipe's test in a separate process; returns Node's report. */
async function run(dom: string): Promise<string> {
  const setUp = new URL(`../support/around/under-${dom}.ts`, import.meta.url).href;
  // While this variable is set, Node does not run tests inside a test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...fromSource,
      '--import',
      setUp,
      '--test',
      '--test-reporter=tap',
      modules.path('quiz.test.js'),
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
