import { expect } from '@open-wc/testing';
import { opaqueToken } from '../support/canary.js';
import { byFakeClock } from '../support/fake-clock.js';
import { endpoint, giving, stageHost, type Answer, type SeenRequest } from '../support/stage.js';
import { taskWithoutTimer } from '../support/task.js';
import {
  ask,
  campaignHost,
  failureOf,
  rejection,
  withoutPauses,
} from '../support/token-request.js';

/** Waits until the server has seen that a request was given up. */
async function untilAborted(source: { requests(): Promise<SeenRequest[]> }): Promise<void> {
  while (!(await source.requests()).at(-1)?.aborted);
}

/** A cookie of the page reaches this address, another port of the same site. */
function sameSite(url: string): string {
  return url.replace(stageHost, stageHost.replace('127.0.0.1', 'localhost'));
}

describe('a token request at the endpoint', () => {
  let restore: () => void;
  beforeEach(() => (restore = withoutPauses()));
  afterEach(() => restore());

  describe('goes out', () => {
    it('by GET, with the headers of the contract', async () => {
      const source = endpoint(giving('t'));
      await ask(source.url);
      const [request] = await source.requests();
      expect(request!.method).to.equal('GET');
      expect(request!.headers).to.include({
        accept: 'application/json, application/jwt;q=0.9',
        'x-requested-with': 'qualifio-campaign',
        origin: location.origin,
      });
    });

    it('with the campaign added to the query that the address has', async () => {
      const source = endpoint(giving('t'));
      await ask(`${source.url}&site=a%26b&site=c&empty=#top`);
      const { searchParams } = new URL((await source.requests())[0]!.url, 'http://stage');
      expect(searchParams.getAll('site')).to.deep.equal(['a&b', 'c']);
      expect(searchParams.get('empty')).to.equal('');
      expect(searchParams.getAll('campaignId')).to.deep.equal(['77']);
      expect(searchParams.get('of')).to.equal('a-test');
    });

    it('with one campaign, ours, where the address names one', async () => {
      const source = endpoint(giving('t'));
      await ask(`${source.url}&campaignId=1`);
      const { searchParams } = new URL((await source.requests())[0]!.url, 'http://stage');
      expect(searchParams.getAll('campaignId')).to.deep.equal(['77']);
    });

    it('with the participant’s cookies', async () => {
      document.cookie = 'session=s-1; path=/';
      const source = endpoint(giving('t'));
      await ask(sameSite(source.url));
      document.cookie = 'session=; path=/; max-age=0';
      expect((await source.requests())[0]!.headers['cookie']).to.contain('session=s-1');
    });

    it('again each time, whatever a cache may keep', async () => {
      const source = endpoint({ ...giving('t'), headers: { 'Cache-Control': 'max-age=600' } });
      await ask(source.url);
      await ask(source.url);
      expect(await source.requests()).to.have.length(2);
    });
  });

  describe('gives the token of', () => {
    for (const [what, answer] of [
      ['JSON', giving(opaqueToken)],
      ['JSON with a charset', { ...giving(opaqueToken), type: 'application/json; charset=utf-8' }],
      ['JSON in another case', { ...giving(opaqueToken), type: 'Application/JSON' }],
      // @holds F33
      ['JSON behind a byte order mark', { body: `\u{feff}${giving(opaqueToken).body}` }],
      ['JSON with more fields', giving(opaqueToken, { expires: 7, extra: [{}] })],
      ['JSON that names our host', giving(opaqueToken, { hosts: [campaignHost] })],
      [
        'JSON that names ours among others',
        giving(opaqueToken, { hosts: ['x.y', 7, campaignHost] }),
      ],
      [
        'JSON that names ours in capitals',
        giving(opaqueToken, { hosts: [campaignHost.toUpperCase()] }),
      ],
      ['application/jwt', { type: 'application/jwt', body: opaqueToken }],
      ['text/plain', { type: 'text/plain', body: opaqueToken }],
      [
        'text/plain with white space',
        { type: 'text/plain;charset=utf-8', body: ` ${opaqueToken}\r\n` },
      ],
    ] as const) {
      it(what, async () => {
        const source = endpoint(answer);
        expect((await ask(source.url))?.token).to.equal(opaqueToken);
        expect(await source.requests()).to.have.length(1);
      });
    }

    it('a token without a Date that can be read, as of now by the local clock', async () => {
      const headers = { 'Access-Control-Expose-Headers': 'Retry-After' };
      const before = Date.now();
      const answer = await ask(endpoint({ ...giving('a.b.c'), headers }).url);
      expect(answer?.now).to.be.within(before, Date.now());
    });

    it('an empty text, as empty', async () => {
      expect((await ask(endpoint({ type: 'text/plain', body: '\n' }).url))?.token).to.equal('');
      expect((await ask(endpoint(giving('')).url))?.token).to.equal('');
    });

    // @holds F32
    it('a body of 64 KiB, and no larger one', async () => {
      const most = 'x'.repeat(65_536);
      const type = 'application/jwt';
      const sized = (size: number) => endpoint({ type, body: 'x'.repeat(size) }).url;
      expect((await ask(sized(65_536)))?.token).to.equal(most);
      expect((await failureOf(ask(sized(65_537)))).code).to.equal('ENDPOINT_BAD_RESPONSE');
    });
  });

  it('tells the endpoint’s time, or the local one where that cannot be read', async () => {
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    const told = await ask(endpoint({ ...giving('t'), headers: { Date: date } }).url);
    expect(told?.now).to.equal(Date.parse(date));
    const before = Date.now();
    const untold = await ask(endpoint({ ...giving('t'), headers: { Date: 'soon' } }).url);
    expect(untold?.now).to.be.within(before, Date.now());
  });

  describe('takes for signed out', () => {
    for (const [what, answer] of [
      ['401', { status: 401 }],
      ['401 with a body', { status: 401, type: 'text/html', body: '<h1>Log in</h1>' }],
      ['204', { status: 204, type: null }],
      ['{"token": null}', giving(null)],
      ['{"token": null} with hosts that lack ours', giving(null, { hosts: [] })],
    ] as const) {
      it(what, async () => {
        const source = endpoint(answer);
        expect(await ask(source.url)).to.equal(null);
        expect(await source.requests()).to.have.length(1);
      });
    }

    for (const status of [300, 304, 399]) {
      it(`a ${status}, which leads nowhere`, async () => {
        expect(await ask(endpoint({ status }).url)).to.equal(null);
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      // @holds F30, P9
      it(`a ${status} redirect, and does not follow it`, async () => {
        const target = endpoint(giving('t'));
        const source = endpoint({ status, headers: { Location: target.url } });
        expect(await ask(source.url)).to.equal(null);
        expect(await source.requests()).to.have.length(1);
        expect(await target.requests()).to.have.length(0);
      });
    }
  });

  // @holds T5
  describe('fails, without a retry, on', () => {
    for (const status of [400, 402, 404, 405, 410, 418, 422, 451, 501, 505, 201, 206]) {
      // @holds F25
      it(`${status}, telling the status`, async () => {
        const source = endpoint({ ...giving('t'), status }, giving('t'));
        const error = await failureOf(ask(source.url));
        expect(error).to.include({
          code: 'ENDPOINT_FAILED',
          phase: 'token',
          httpStatus: status,
          recoverable: false,
        });
        expect(error.message).to.contain(String(status));
        expect(await source.requests()).to.have.length(1);
      });
    }

    // @holds F24
    it('403, by a code of its own', async () => {
      const source = endpoint({ status: 403 }, giving('t'));
      const expected = { code: 'ENDPOINT_FORBIDDEN', phase: 'token', httpStatus: 403 };
      expect(await failureOf(ask(source.url))).to.include(expected);
      expect(await source.requests()).to.have.length(1);
    });

    const wrong: [string, Answer][] = [
      // @holds F31
      ['HTML', { type: 'text/html', body: '<!doctype html><title>Log in</title>' }],
      // @holds F31
      ['HTML that says it is JSON', { body: '<!doctype html><title>Log in</title>' }],
      // @holds F31
      ['no media type', { type: null, body: '{"token":"t"}' }],
      // @holds F31
      ['XML', { type: 'application/xml', body: '<token/>' }],
      // @holds F31
      ['a media type that only begins so', { type: 'application/jsonx', body: '{"token":"t"}' }],
      // @holds F33
      ['an empty body', { body: '' }],
      // @holds F33
      ['JSON cut off', { body: '{"token":"t"' }],
      ...['[]', '"t"', '7', 'null', 'true', '{}', '["t"]'].map(entry),
      ...['7', 'true', '{}', '["t"]'].map((value) => entry(`{"token":${value}}`)),
      ...['{"Token":"t"}', '{"jwt":"t"}', '{"data":{"token":"t"}}'].map(entry),
      entry('{"__proto__":{"token":"t"}}'),
      ...['"jeux.publisher.com"', 'null', '{}', 'true'].map((hosts) =>
        entry(`{"token":"t","hosts":${hosts}}`),
      ),
    ];
    for (const [what, answer] of wrong) {
      // @holds F33
      it(what, async () => {
        const source = endpoint(answer, giving('t'));
        const error = await failureOf(ask(source.url));
        expect(error).to.include({ code: 'ENDPOINT_BAD_RESPONSE', phase: 'token' });
        expect(error.message).to.contain('{"token": "<JWT>"}');
        expect(await source.requests()).to.have.length(1);
      });
    }

    // @holds T14
    it('JSON without a token, on a page whose prototypes have one', async () => {
      const polluted = Object.prototype as { token?: string };
      polluted.token = 't';
      try {
        const error = await failureOf(ask(endpoint({ body: '{}' }).url));
        expect(error.code).to.equal('ENDPOINT_BAD_RESPONSE');
      } finally {
        delete polluted.token;
      }
    });

    for (const type of ['application/json', 'text/html']) {
      // @holds F32
      it(`${type} without end, which it hangs up on`, async () => {
        const source = endpoint({ type, flood: true });
        expect((await failureOf(ask(source.url))).code).to.equal('ENDPOINT_BAD_RESPONSE');
        await untilAborted(source);
      });
    }

    for (const hosts of [
      [],
      ['publisher.com'],
      ['a.jeux.publisher.com'],
      ['jeux.publisher.com.evil.com'],
      ['*'],
      ['jeux.publisher.com:8443'],
      [null, 7, ['jeux.publisher.com']],
    ]) {
      it(`hosts that lack ours: ${JSON.stringify(hosts)}`, async () => {
        const source = endpoint(giving('t', { hosts }));
        const error = await failureOf(ask(source.url));
        expect(error).to.include({ code: 'HOST_NOT_ALLOWED', phase: 'config' });
        expect(error.message).to.contain(campaignHost);
        expect(await source.requests()).to.have.length(1);
      });
    }
  });

  // @holds P10
  describe('ends with ENDPOINT_TIMEOUT, and lets go of the connection, when the endpoint', () => {
    for (const hold of ['headers', 'body'] as const) {
      // @holds F28
      it(`holds back its ${hold}`, () =>
        byFakeClock(async (clock) => {
          const source = endpoint({ hold });
          let hasEnded = false;
          const failed = failureOf(ask(source.url, { timeout: 200 }));
          void failed.then(() => (hasEnded = true));
          while (!(await source.requests()).length);
          await clock.tick(199);
          expect(hasEnded).to.equal(false);
          await clock.tick(1);
          const error = await failed;
          expect(error).to.include({ code: 'ENDPOINT_TIMEOUT', phase: 'token', recoverable: true });
          expect(error.message).to.contain('200 ms').and.to.contain('token-timeout');
          await untilAborted(source);
          expect(await source.requests()).to.have.length(1);
        }));
    }

    it('fails first and holds the retry: there is one deadline for both', () =>
      byFakeClock(async (clock) => {
        const source = endpoint({ status: 503 }, { hold: 'headers' });
        const failed = failureOf(ask(source.url, { timeout: 300 }));
        while ((await source.requests()).length < 2) await clock.tick(0);
        await clock.tick(300);
        expect((await failed).code).to.equal('ENDPOINT_TIMEOUT');
        expect(await source.requests()).to.have.length(2);
      }));
  });

  describe('given up by its asker', () => {
    for (const hold of ['headers', 'body'] as const) {
      it(`lets go of an endpoint that holds back its ${hold}`, async () => {
        const source = endpoint({ hold });
        const controller = new AbortController();
        const asked = rejection(ask(source.url, { signal: controller.signal }));
        while (!(await source.requests()).length);
        controller.abort('left');
        expect(await asked).to.equal('left');
        await untilAborted(source);
      });
    }

    it('makes no request when that was before it began', async () => {
      const source = endpoint(giving('t'));
      const signal = AbortSignal.abort('left');
      expect(await rejection(ask(source.url, { signal }))).to.equal('left');
      expect(await source.requests()).to.have.length(0);
    });

    it('makes no other request when that was between two, and leaves no timer behind', () =>
      byFakeClock(async (clock) => {
        const source = endpoint({ status: 503, headers: { 'Retry-After': '4' } }, giving('t'));
        const controller = new AbortController();
        const asked = rejection(ask(source.url, { signal: controller.signal }));
        // Of the deadline, and of the pause.
        while (clock.pending < 2) await taskWithoutTimer();
        controller.abort('left');
        expect(await asked).to.equal('left');
        expect(clock.pending).to.equal(0);
        expect(await source.requests()).to.have.length(1);
      }));
  });
});

/** JSON as the name of a test, and as what the endpoint answers in it. */
function entry(body: string): [string, Answer] {
  return [body, { body }];
}
