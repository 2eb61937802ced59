import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { get, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { serveSimulator } from '../../src/simulator/index.js';
import { repository } from '../support/installed-package.js';

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
  it('is in no file that browsers load', () => {
    const classic = readdirSync(dist).filter((name) => name.endsWith('.min.js'));
    assert.equal(classic.length, 2);
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

  // @holds P17
  it('listens on loopback unless told otherwise', async (t) => {
    const simulator = await serveSimulator({}, { port: 0 });
    t.after(() => simulator.close());
    assert.match(new URL(simulator.url).hostname, /^(localhost|127\.0\.0\.1|\[::1\])$/);
  });

  for (const [what, host, name, status] of [
    ['its address', undefined, '127.0.0.1', 200],
    ['localhost', undefined, 'localhost', 200],
    ['a name under localhost', undefined, 'jeux.publisher.localhost', 200],
    ['a name that another site leads here', undefined, 'rebind.evil.example', 421],
    ['such a name, with an address given', '127.0.0.1', 'rebind.evil.example', 421],
    ['a name that is like a loopback one', undefined, 'localhost.evil.example', 421],
    ['any name, with every address given', '0.0.0.0', 'jeux.publisher.test', 200],
  ] as const) {
    it(`answers ${status} to a request for ${what}`, async (t) => {
      const notes: string[] = [];
      const onNote = (text: string): void => void notes.push(text);
      const simulator = await serveSimulator({}, { port: 0, host, onNote });
      t.after(() => simulator.close());
      const { port } = new URL(simulator.url);
      const answered = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = {
          port,
          host: '127.0.0.1',
          path: '/transcript',
          headers: { Host: `${name}:${port}` },
        };
        get(options, resolve).on('error', reject);
      });
      answered.resume();
      assert.equal(answered.statusCode, status);
      assert.equal(
        notes.filter((text) => text.includes(`--host: ${name}`)).length,
        Number(status > 400),
      );
    });
  }
});
