import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { assertBuilt, repository } from '../support/installed-package.js';

assertBuilt();
const dist = `${repository}dist/`;

/** Files of dist that a module loads, and those that they load. */
function loadedBy(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)) {
    loadedBy(resolve(dirname(file), path!), loaded);
  }
  return loaded;
}

describe('the simulator', () => {
  // @holds P17
  it('is not part of any file that browsers load', () => {
    const classic = readdirSync(dist).filter((name) => name.endsWith('.min.js'));
    assert.equal(classic.length, 3);
    for (const name of classic) {
      assert.doesNotMatch(readFileSync(dist + name, 'utf8'), /qualifio-simulator/, name);
    }
    const own = readdirSync(`${dist}simulator`).filter((name) => name.endsWith('.js'));
    const text = own.map((name) => readFileSync(`${dist}simulator/${name}`, 'utf8')).join('');
    assert.match(text, /qualifio-simulator/);
    for (const entry of ['index', 'inspector/index', 'frameworks/react']) {
      const loaded = [...loadedBy(resolve(dist, `${entry}.js`))];
      assert.ok(loaded.length > 1, entry);
      for (const path of loaded) assert.doesNotMatch(path, /dist\/(simulator|server)\//, entry);
    }
  });
});
