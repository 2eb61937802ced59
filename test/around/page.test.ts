import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { recipes } from '../support/around/recipes.js';

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .concat('../element/define.test.ts')
  .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
  .join('');

describe('docs/around-the-element.md and docs/no-build.md', () => {
  it('has a name for each block of code, and no name twice', () => {
    assert.equal(new Set(recipes.names).size, recipes.count);
  });

  for (const name of recipes.names) {
    it(`has a test that uses ${name}`, () => {
      assert.ok(tests.includes(`'${name}'`), `no file of test/around/ has the text '${name}'`);
    });
  }
});
