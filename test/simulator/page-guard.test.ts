import assert from 'node:assert/strict';
import { get, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { serveSimulator } from '../../src/simulator/index.js';
import { foreignHost, foreignPage } from '../../src/simulator/routes/page-guard.js';

describe('a served simulator', () => {
  // @holds P17
  it('listens on loopback by default', async (t) => {
    const simulator = await serveSimulator({}, { port: 0 });
    t.after(() => simulator.close());
    assert.match(new URL(simulator.url).hostname, /^(localhost|127\.0\.0\.1|\[::1\])$/);
  });

  for (const [what, host, name, status] of [
    ['its address', undefined, '127.0.0.1', 200],
    ['localhost', undefined, 'localhost', 200],
    ['a name under localhost', undefined, 'jeux.publisher.localhost', 200],
    ['a name of another site that resolves to this machine', undefined, 'rebind.evil.example', 421],
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
      const headers = { Host: `${name}:${port}` };
      assert.equal(await statusOf(`http://127.0.0.1:${port}/transcript`, headers), status);
      assert.equal(
        notes.filter((text) => text.includes(`--host: ${name}`)).length,
        Number(status > 400),
      );
    });
  }

  // @holds P17
  it('refuses a page from another machine unless a host is set', async (t) => {
    const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
    for (const [host, status] of [
      [undefined, 403],
      ['127.0.0.1', 200],
    ] as const) {
      const simulator = await serveSimulator({}, { port: 0, host });
      t.after(() => simulator.close());
      const url = `${simulator.url}/20/${guid}/v1.cfm?id=${guid}`;
      assert.equal(await statusOf(url, { Referer: 'https://www.publisher.com/' }), status);
    }
  });
});

describe('the page that loads the kit or a frame', () => {
  for (const [what, path, referer, host] of [
    ['is not foreign if it is not named', '/kit/a.js', '', null],
    ['is not foreign on this machine', '/20/a', 'http://localhost:3000/', null],
    ['is named by Referer over https', '/kit/a.js', 'https://publisher.com/', 'publisher.com'],
    ['is named by Referer over http', '/20/a', 'http://publisher.com/', 'publisher.com'],
    ['is named by pdomain', '/20/a?pdomain=https://publisher.com', '', 'publisher.com'],
    ['is named by Referer if pdomain is not a URL', '/20/a?pdomain=a', 'https://b.test/', 'b.test'],
    ['is not foreign with another scheme', '/20/a', 'web+https://publisher.com/', null],
    ['loads something else', '/transcript', 'https://publisher.com/', null],
    ['loads something with the same ending', '/a/kit/a.js', 'https://publisher.com/', null],
  ] as const) {
    // @holds P17
    it(what, () => {
      const headers = { Referer: referer };
      const request = new Request(`http://localhost:4400${path}`, { headers });
      assert.equal(foreignPage(request), host);
    });
  }
});

describe('the host of a request, with an IPv6 address as --host,', () => {
  it('must be that address or a loopback host', () => {
    const hostFor = (host: string, given: string): string | null =>
      foreignHost(new Request(`http://${host}:4400/`), given);
    assert.equal(hostFor('[2001:db8::1]', '2001:db8::1'), null);
    assert.equal(hostFor('[2001:db8::2]', '2001:db8::1'), '[2001:db8::2]');
    assert.equal(hostFor('[::1]', '2001:db8::1'), null);
    assert.equal(hostFor('[2001:db8::2]', '::'), null);
  });
});

/** The status of the answer to a request with headers that fetch does not allow. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject);
  });
  answer.resume();
  return answer.statusCode;
}
