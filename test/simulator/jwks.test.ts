import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  createSimulator,
  serveSimulator,
  type ServedSimulator,
  type Simulator,
} from '../../src/simulator/index.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

type Answer = (response: ServerResponse) => void;

let keys: PublisherKeys;
let strangers: PublisherKeys;
let url: string;
let answer: Answer;
let asked = 0;
let askedHost: string | undefined;
const site = createServer((request, response) => {
  asked += 1;
  askedHost = request.headers.host;
  answer(response);
});
before(async () => {
  keys = await publisherKeys('RS256');
  strangers = await publisherKeys('RS256');
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/jwks.json`;
});
after(() => {
  site.closeAllConnections();
  site.close();
});

const publishing =
  (set: unknown, status = 200): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(JSON.stringify(set));
const ours = () => ({ ...keys.publicJwk, kid: 'new', alg: 'RS256' });
const theirs = () => ({ ...strangers.publicJwk, kid: 'old', alg: 'RS256' });
const signed = (kid?: string) =>
  sign(keys.privateKey, { alg: 'RS256', ...(kid !== undefined && { kid }) });

describe('a JWKS', () => {
  let simulator: Simulator;
  before(() => {
    simulator = createSimulator({ jwks: url });
  });

  it('provides the key for a kid, and a rotated key immediately', async () => {
    answer = publishing({ keys: [theirs()] });
    const token = await signed('new');
    assert.equal((await judge(simulator, token)).code, 'TOKEN_INVALID_SIGNATURE');
    answer = publishing({ keys: [theirs(), ours()] });
    assert.equal((await judge(simulator, token)).code, null);
  });

  it('requires a kid, and an alg of one of its keys', async () => {
    answer = publishing({ keys: [ours()] });
    assert.equal((await judge(simulator, await signed())).code, 'TOKEN_INVALID_SIGNATURE');
    const other = await sign(keys.privateKey, { alg: 'RS256', kid: 'newer' });
    const { code, reason } = await judge(simulator, other);
    assert.equal(code, 'TOKEN_INVALID_SIGNATURE');
    assert.match(reason, /does not have exactly one key for its `kid`/);
  });

  it('can be on a host whose name ends with .localhost', async () => {
    answer = publishing({ keys: [ours()] });
    const host = `www.publisher.localhost:${new URL(url).port}`;
    const named = createSimulator({ jwks: `http://${host}/jwks.json` });
    assert.equal((await judge(named, await signed('new'))).code, null);
    assert.equal(askedHost, host, 'a server with several sites chooses by it');
  });

  it('is not requested for a malformed or empty token', async () => {
    asked = 0;
    for (const token of ['', 'no token']) await judge(simulator, token);
    assert.equal(asked, 0);
  });
});

/** Faults of a JWKS: its answer, the code for a token, and the message. */
const faults: Record<string, { answer(): Answer; code?: string; says: RegExp }> = {
  'is cut off': {
    answer: () => (response) => response.destroy(),
    says: /cannot be reached \(\w+\); start the site that serves it, or correct the URL/,
  },
  'does not exist': {
    answer: () => publishing({}, 404),
    says: /answers with status 404; correct the URL/,
  },
  'is somewhere else': {
    answer: () => (response) => response.writeHead(302, { Location: '/login' }).end(),
    says: /answers with status 302; use the URL that it redirects to/,
  },
  'is a web page': {
    answer: () => (response) => response.end('<!doctype html>'),
    says: /answers, but not with a JWKS.*correct the URL/,
  },
  'is a list': {
    answer: () => publishing([ours()]),
    says: /answers, but not with a JWKS/,
  },
  'is empty': {
    answer: () => publishing({ keys: [] }),
    code: 'TOKEN_INVALID_SIGNATURE',
    says: /contains no key that can verify tokens; publish/,
  },
  'has keys without kid, for encryption, too short, or of a kind that cannot sign': {
    answer: () =>
      publishing({
        keys: [
          keys.publicJwk,
          { ...ours(), use: 'enc' },
          { ...ours(), n: ours().n?.slice(0, 170) },
          { kty: 'OKP', crv: 'X25519', kid: 'new', x: 'AAAA' },
        ],
      }),
    code: 'TOKEN_INVALID_SIGNATURE',
    says: /contains no key that can verify tokens; publish/,
  },
  'publishes a private key': {
    answer: () => publishing({ keys: [{ ...keys.privateJwk, kid: 'new', alg: 'RS256' }] }),
    says: /publishes a private key; publish only its public part/,
  },
  'publishes a secret': {
    answer: () => publishing({ keys: [ours(), { kty: 'oct', k: 'c2VjcmV0', kid: 'hs' }] }),
    says: /publishes a private key/,
  },
};

// What is not told would be waited for.
const limit = { timeout: 20_000 };

describe('a faulty JWKS is reported in one line with --jwks and the fix, when it', limit, () => {
  for (const [what, fault] of Object.entries(faults)) {
    it(what, limit, async (test) => {
      answer = fault.answer();
      const { served, notes } = await serve(`${url}?secret=1`, test);
      await notes.until(1);
      const { code, reason } = await judge(served, await signed('new'));
      assert.equal(code, fault.code ?? 'UNKNOWN');
      assert.equal(reason, notes.lines[0]);
      assert.deepEqual(notes.lines.slice(1), [`token refused: ${reason}`]);
      assert.match(reason, fault.says);
      assert.ok(reason.startsWith(`--jwks: ${url} `), reason);
      assert.doesNotMatch(reason, /\n|secret/);
    });
  }

  it('is on a port without a server', async (test) => {
    const spare = createServer().listen(0, '127.0.0.1');
    await once(spare, 'listening');
    const { port } = spare.address() as AddressInfo;
    spare.close();
    await once(spare, 'close');
    const { notes } = await serve(`http://127.0.0.1:${port}/jwks.json`, test);
    assert.match((await notes.until(1))[0] ?? '', /\(ECONNREFUSED\); start the site/);
  });

  it('is on a port that fetch blocks', async (test) => {
    const { notes } = await serve('http://127.0.0.1:6000/jwks.json', test);
    assert.match((await notes.until(1))[0] ?? '', /\(bad port\); .*correct the URL/);
  });
});

describe('at its start, the simulator', limit, () => {
  it('prints nothing about a valid JWKS, even if it becomes available later', async (test) => {
    answer = (response) => response.destroy();
    const { served, notes } = await serve(url, test);
    await notes.until(1);
    answer = publishing({ keys: [theirs(), ours()] });
    assert.equal((await judge(served, await signed('new'))).code, null);
    assert.equal(notes.lines.length, 1);

    asked = 0;
    const begin = await serve(url, test);
    while (asked === 0) await once(site, 'request');
    assert.equal((await judge(begin.served, await signed('new'))).code, null);
    await begin.served.close();
    assert.deepEqual(begin.notes.lines, []);
  });

  it('does not wait for a JWKS that does not answer, also when it ends', async (test) => {
    const silent = new Promise<ServerResponse>((resolve) => (answer = resolve));
    const { served, notes } = await serve(url, test);
    const { socket } = await silent;
    const letGo = once(socket!, 'close');
    const asked = performance.now();
    await served.close();
    await letGo;
    assert.ok(performance.now() - asked < 2500, 'the fetch outlived the simulator');
    assert.deepEqual(notes.lines, []);
  });
});

/** The simulator's notes, line by line. */
class Notes {
  readonly lines: string[] = [];
  #look = (): void => undefined;

  readonly add = (line: string): void => {
    this.lines.push(line);
    this.#look();
  };

  async until(count: number): Promise<string[]> {
    while (this.lines.length < count) {
      await new Promise<void>((resolve) => (this.#look = resolve));
    }
    return this.lines;
  }
}

async function serve(
  jwks: string,
  test: { after(work: () => Promise<void>): void },
): Promise<{ served: ServedSimulator; notes: Notes }> {
  const notes = new Notes();
  const served = await serveSimulator({ jwks }, { port: 0, onNote: notes.add });
  test.after(() => served.close());
  return { served, notes };
}
