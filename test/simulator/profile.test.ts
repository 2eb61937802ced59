import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSimulator, type Simulator } from '../../src/simulator/index.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('a token with an access token', () => {
  let keys: PublisherKeys;
  let simulator: Simulator;
  let asked: string[];
  let answer: Answer;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.authorization}`);
    answer(request, response);
  });
  before(async () => {
    keys = await publisherKeys('ES256');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const profileUrl = `http://127.0.0.1:${port}/profile`;
    simulator = createSimulator({ publicKey: keys.publicPem, profileUrl });
  });
  after(() => void server.close());

  async function play(given: Answer, changes: Record<string, unknown> = {}, of = simulator) {
    asked = [];
    answer = given;
    const claims = { form: undefined, access_token: 'opaque-7', ...changes };
    return judge(of, await sign(keys.privateKey, { alg: 'ES256' }, claims));
  }
  const json =
    (body: string, status = 200): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);

  it('causes a call to the profile service, whose answer fills in the form', async () => {
    const { code, form } = await play(json('{"email":"grace@example.com","city":"Arlington"}'));
    assert.equal(code, null);
    assert.deepEqual(form, { email: 'grace@example.com', city: 'Arlington' });
    assert.deepEqual(asked, ['GET Bearer opaque-7']);
  });

  const failures: Record<string, Answer> = {
    'a refusal': json('{}', 401),
    'no JSON': json('<html>'),
    'a JSON list': json('[]'),
    'a broken connection': (request) => void request.socket.destroy(),
    'a redirect': (_request, response) =>
      void response.writeHead(302, { Location: '/elsewhere' }).end(),
  };
  for (const [what, given] of Object.entries(failures)) {
    it(`is UNKNOWN when the service answers with ${what}`, async () => {
      const { code } = await play(given);
      assert.equal(code, 'UNKNOWN');
      assert.equal(asked.length, 1);
    });
  }

  it('is not used when the token does not verify', async () => {
    assert.equal((await play(json('{}'), { campaignId: undefined })).code, 'UNKNOWN');
    assert.deepEqual(asked, []);
  });

  it('is UNKNOWN without a profile URL, and the reason names the flag', async () => {
    const without = createSimulator({ publicKey: keys.publicPem });
    const { code, reason } = await play(json('{}'), {}, without);
    assert.equal(code, 'UNKNOWN');
    assert.match(reason, /--profile-url/);
  });

  it('does not use up its jti when the profile request fails', async () => {
    const { port } = server.address() as AddressInfo;
    const profileUrl = `http://127.0.0.1:${port}/profile`;
    const once = createSimulator({ publicKey: keys.publicPem, profileUrl, oneUse: true });
    const jti = 'one-and-only';
    assert.equal((await play(json('{}', 503), { jti }, once)).code, 'UNKNOWN');
    assert.equal((await play(json('{}'), { jti }, once)).code, null);
    assert.match((await play(json('{}'), { jti }, once)).reason, /used before/);
  });

  it('needs no request if it contains the data and no URL is set', async () => {
    const without = createSimulator({ publicKey: keys.publicPem });
    const { code, form } = await play(json('{}'), { form: { email: 'a@example.com' } }, without);
    assert.equal(code, null);
    assert.deepEqual(form, { email: 'a@example.com' });
  });
});
