import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createProfileEndpoint, createTokenEndpoint } from '../../src/server/index.js';
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

  it('is answered by our own profile endpoint, from our own token endpoint', async () => {
    const errors: unknown[] = [];
    const onError = (...error: unknown[]): void => void errors.push(error);
    const tokenEndpoint = createTokenEndpoint({
      campaigns: { '123456': { host: 'jeux.publisher.localhost', campaignId: '98765' } },
      signing: { alg: 'ES256', key: keys.privatePem },
      issuer: 'com.publisher',
      participant: () => ({ sub: 'reader-7', accessToken: 'opaque-7' }),
      onError,
    });
    const profileEndpoint = createProfileEndpoint({
      participant: (accessToken) =>
        accessToken === 'opaque-7' ? { sub: 'reader-7', form: { email: 'ada@example.com' } } : null,
      onError,
    });
    asked = [];
    answer = ({ url, headers, method }, response) => {
      const given = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      const request = new Request(`http://www.publisher.com${url}`, {
        method: method ?? '',
        headers: Object.fromEntries(given),
      });
      void profileEndpoint(request).then(async (profile) => {
        response.writeHead(profile.status, Object.fromEntries(profile.headers));
        response.end(await profile.text());
      });
    };
    const headers = { 'Sec-Fetch-Site': 'same-origin' };
    const url = 'https://www.publisher.com/qualifio/token?campaignId=123456';
    const granted = await tokenEndpoint(new Request(url, { headers }));
    const { token } = (await granted.json()) as { token: string };
    const { code, form } = await judge(simulator, token);
    assert.equal(code, null);
    assert.deepEqual(form, { email: 'ada@example.com' });
    assert.deepEqual(asked, ['GET Bearer opaque-7']);
    assert.deepEqual(errors, []);
  });

  it('needs no request if it contains the data and no URL is set', async () => {
    const without = createSimulator({ publicKey: keys.publicPem });
    const { code, form } = await play(json('{}'), { form: { email: 'a@example.com' } }, without);
    assert.equal(code, null);
    assert.deepEqual(form, { email: 'a@example.com' });
  });
});
