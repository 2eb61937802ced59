import { expect } from '@open-wc/testing';
import { opaqueToken } from '../support/canary.js';
import { byFakeClock } from '../support/fake-clock.js';
import { endpoint, giving, stageHost, type Answer, type SeenRequest } from '../support/stage.js';
import { taskWithoutTimer } from '../support/task.js';
import {
  ask,
  askForToken,
  campaignHost,
  failureOf,
  rejection,
  withoutPauses,
} from '../support/token-request.js';

const before = 'text before its JSON';
const after = 'text after its JSON';

/** Waits until the server has seen that a request was aborted. */
async function untilAborted(source: { requests(): Promise<SeenRequest[]> }): Promise<void> {
  while (!(await source.requests()).at(-1)?.aborted);
}

/** The page's cookies reach this address, which is another port of the same site. */
function sameSite(url: string): string {
  return url.replace(stageHost, stageHost.replace('127.0.0.1', 'localhost'));
}

describe('a token request to the endpoint', () => {
  let restore: () => void;
  beforeEach(() => (restore = withoutPauses()));
  afterEach(() => restore());

  describe('is sent', () => {
    it('as GET with the documented headers', async () => {
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

    it('with the campaign added to the query of the URL', async () => {
      const source = endpoint(giving('t'));
      await ask(`${source.url}&site=a%26b&site=c&empty=#top`);
      const { searchParams } = new URL((await source.requests())[0]!.url, 'http://stage');
      expect(searchParams.getAll('site')).to.deep.equal(['a&b', 'c']);
      expect(searchParams.get('empty')).to.equal('');
      expect(searchParams.getAll('campaignId')).to.deep.equal(['77']);
      expect(searchParams.get('of')).to.equal('a-test');
    });

    it('with only our campaign if the URL already has one', async () => {
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

    it('each time, in spite of caches', async () => {
      const source = endpoint({ ...giving('t'), headers: { 'Cache-Control': 'max-age=600' } });
      await ask(source.url);
      await ask(source.url);
      expect(await source.requests()).to.have.length(2);
    });

    it('each time with another address, for caches of the page’s own', async () => {
      restore();
      const source = endpoint(giving('t'));
      for (let time = 0; time < 2; time++) await ask(source.url);
      const [first, second] = (await source.requests()).map(({ url }) =>
        new URL(url, 'http://stage').searchParams.get('_'),
      );
      expect(first).to.match(/^\w{5,}$/);
      expect(first).to.not.equal(second);
    });

    it('by GET, even if a script of the page has given every object a method', async () => {
      const source = endpoint(giving('t'));
      const polluted = Object.prototype as { method?: string };
      polluted.method = 'POST';
      try {
        await ask(source.url);
      } finally {
        delete polluted.method;
      }
      expect((await source.requests()).map(({ method }) => method)).to.deep.equal(['GET']);
    });
  });

  describe('returns the token from', () => {
    for (const [what, answer] of [
      ['JSON', giving(opaqueToken)],
      ['JSON with a charset', { ...giving(opaqueToken), type: 'application/json; charset=utf-8' }],
      ['JSON in another case', { ...giving(opaqueToken), type: 'Application/JSON' }],
      // @holds F33
      ['JSON after a byte order mark', { body: `\u{feff}${giving(opaqueToken).body}` }],
      ['JSON with more fields', giving(opaqueToken, { expires: 7, extra: [{}] })],
      ['JSON with null for what is not set', giving(opaqueToken, { hosts: null, expiresAt: null })],
      ['JSON that names our host', giving(opaqueToken, { hosts: [campaignHost] })],
      [
        'JSON that names ours among others',
        giving(opaqueToken, { hosts: ['x.y', 7, campaignHost] }),
      ],
      [
        'JSON that names ours in capitals',
        giving(opaqueToken, { hosts: [campaignHost.toUpperCase()] }),
      ],
      // @holds F31
      ...['text/html; charset=UTF-8', 'text/plain', 'application/octet-stream', null].map(
        (type) => [`JSON as ${type}`, { ...giving(opaqueToken), type }] as const,
      ),
      ['JSON after white space', { body: `\n\t ${giving(opaqueToken).body}\r\n` }],
      ['JSON after two byte order marks', { body: `\u{feff}\u{feff}${giving(opaqueToken).body}` }],
      ['JSON encoded twice', { body: JSON.stringify(giving(opaqueToken).body) }],
      ['application/jwt', { type: 'application/jwt', body: opaqueToken }],
      ...['application/json', 'text/html', 'text/plain'].flatMap((type) =>
        [opaqueToken, `${opaqueToken}\n`, JSON.stringify(opaqueToken)].map(
          (body) => [`${type}: ${JSON.stringify(body)}`, { type, body }] as const,
        ),
      ),
      ['text/plain', { type: 'text/plain', body: opaqueToken }],
      [
        'text/plain with white space',
        { type: 'text/plain;charset=utf-8', body: ` ${opaqueToken}\r\n` },
      ],
    ] as const) {
      it(what, async () => {
        const source = endpoint(answer);
        expect((await askForToken(source.url)).token).to.equal(opaqueToken);
        expect(await source.requests()).to.have.length(1);
      });
    }

    it('a token without a readable Date, with the local clock', async () => {
      const headers = { 'Access-Control-Expose-Headers': 'Retry-After' };
      const before = Date.now();
      const answer = await askForToken(endpoint({ ...giving('a.b.c'), headers }).url);
      expect(answer.now).to.be.within(before, Date.now());
    });

    it('an empty string, as empty', async () => {
      expect((await askForToken(endpoint({ type: 'text/plain', body: '\n' }).url)).token).to.equal(
        '',
      );
      expect((await askForToken(endpoint(giving('')).url)).token).to.equal('');
    });

    // @holds F32
    it('a body of 64 KiB, and no larger one', async () => {
      const most = 'x'.repeat(65_536);
      const type = 'application/jwt';
      const sized = (size: number) => endpoint({ type, body: 'x'.repeat(size) }).url;
      expect((await askForToken(sized(65_536))).token).to.equal(most);
      expect((await failureOf(ask(sized(65_537)))).code).to.equal('ENDPOINT_BAD_RESPONSE');
    });
  });

  it('returns the endpoint’s time, or the local time if that is not readable', async () => {
    const date = 'Tue, 01 Jan 2030 00:00:00 GMT';
    const told = await askForToken(endpoint({ ...giving('t'), headers: { Date: date } }).url);
    expect(told.now).to.equal(Date.parse(date));
    const before = Date.now();
    const untold = await askForToken(endpoint({ ...giving('t'), headers: { Date: 'soon' } }).url);
    expect(untold.now).to.be.within(before, Date.now());
  });

  describe('treats as signed out', () => {
    for (const [what, cause, answer] of [
      ['401', '401', { status: 401 }],
      ['401 with a body', '401', { status: 401, type: 'text/html', body: '<h1>Log in</h1>' }],
      ['204', '204', { status: 204, type: null }],
      ['{"token": null}', 'null', giving(null)],
      ['{"token": null} as HTML', 'null', { ...giving(null), type: 'text/html' }],
      ['{"token": null} with hosts that lack ours', 'null', giving(null, { hosts: [] })],
    ] as const) {
      it(what, async () => {
        const source = endpoint(answer);
        expect(await ask(source.url)).to.equal(cause);
        expect(await source.requests()).to.have.length(1);
      });
    }

    for (const status of [300, 304, 399]) {
      it(`a ${status} without a usable location`, async () => {
        expect(await ask(endpoint({ status }).url)).to.equal('redirect');
      });
    }

    for (const status of [301, 302, 303, 307, 308]) {
      // @holds F30, P9
      it(`a ${status} redirect, and does not follow it`, async () => {
        const target = endpoint(giving('t'));
        const source = endpoint({ status, headers: { Location: target.url } });
        expect(await ask(source.url)).to.equal('redirect');
        expect(await source.requests()).to.have.length(1);
        expect(await target.requests()).to.have.length(0);
      });
    }
  });

  // @holds T5
  describe('fails without a retry on', () => {
    for (const status of [400, 402, 404, 405, 410, 418, 422, 451, 501, 505, 201, 206]) {
      // @holds F25
      it(`${status}, with the status`, async () => {
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
    it('403, with its own code', async () => {
      const source = endpoint({ status: 403 }, giving('t'));
      const expected = { code: 'ENDPOINT_FORBIDDEN', phase: 'token', httpStatus: 403 };
      expect(await failureOf(ask(source.url))).to.include(expected);
      expect(await source.requests()).to.have.length(1);
    });

    const page = '<!doctype html><title>Log in</title><input name="token">';
    const wrong: [what: string, answer: Answer, found: string][] = [
      // @holds F31
      ['HTML', { type: 'text/html', body: page }, 'text/html) with an HTML page'],
      ['HTML in capitals', { type: 'text/html', body: '<HTML><body>' }, 'an HTML page'],
      ['HTML with the media type of text', { type: 'text/plain', body: page }, 'an HTML page'],
      // @holds F31
      ['HTML with the media type of JSON', { body: page }, 'application/json) with an HTML page'],
      // @holds F31
      ['XML', { type: 'application/xml', body: '<?xml version="1.0"?><t/>' }, 'XML or source'],
      ['a script that did not run', { type: null, body: '<?php echo' }, '(no Content-Type)'],
      ...['', '\r\n', '\u{feff}'].map((body): [string, Answer, string] => [
        `an empty body: ${JSON.stringify(body)}`,
        { body },
        'an empty body',
      ]),
      // @holds F33
      [
        'a PHP notice before JSON',
        php('<br />\n<b>Warning</b>: x in <b>a.php</b><br />\n'),
        before,
      ],
      ['a guard before JSON', { body: `)]}',\n{"token":"t"}` }, before],
      ['JSON in a function call', { body: 'show({ "token": "t"});' }, before],
      ['JSON with a 0 after it', { type: 'text/html', body: '{"token":"t"}0' }, after],
      ['JSON with a warning after it', { body: '{"token":"t"}<br />Warning' }, after],
      // @holds F33
      ['incomplete JSON', { body: '{"token":"t"' }, 'broken JSON'],
      ['JSON in single quotes', { body: `{'token': 't'}` }, 'broken JSON'],
      ['JSON with one comma too many', { body: '{"token":"t",}' }, 'broken JSON'],
      ['JSON in UTF-16', { body: '{\0"\0t\0' }, 'not UTF-8'],
      ['words', { body: 'not today' }, 'no JSON'],
      ...entries('a list', '[]', '["t"]', '[{"token":"t"}]'),
      ...entries('a string', '"t"', '"not today"'),
      ...entries('a number', '7', '0'),
      ...entries('a boolean', 'true', 'false'),
      ...entries('with null', 'null'),
      ...entries('JSON without "token"', '{}', '{"error":"no"}', '{"__proto__":{"token":"t"}}'),
      ...entries('a non-string "token"', '{"token":7}', '{"token":true}', '{"token":{}}'),
      ...entries('a non-string "token"', '{"token":["t"]}'),
      ...['Token', 'jwt', 'JWT', 'access_token', 'accessToken', 'id_token', 'idToken'].flatMap(
        (name) => entries(`its token as "${name}"`, `{"${name}":"t"}`),
      ),
      ...['data', 'result'].flatMap((name) =>
        entries(`its token in "${name}"`, `{"${name}":{"token":"t"}}`),
      ),
      ...['"jeux.publisher.com"', '{}', 'true', '0', '""'].flatMap((hosts) =>
        entries('invalid "hosts"', `{"token":"t","hosts":${hosts}}`),
      ),
    ];
    for (const [what, answer, found] of wrong) {
      // @holds F33
      it(`${what}, which the message names`, async () => {
        const source = endpoint(answer, giving('t'));
        const error = await failureOf(ask(source.url));
        expect(error).to.include({
          code: 'ENDPOINT_BAD_RESPONSE',
          phase: 'token',
          httpStatus: 200,
          recoverable: false,
        });
        expect(error.message)
          .to.contain('{"token": "<JWT>"}')
          .and.contain('answered 200')
          .and.contain(found);
        expect(error.cause).to.be.a('string');
        expect(error.message).to.contain(`with ${String(error.cause)}, not`);
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
      it(`an endless ${type} body, whose connection it closes`, async () => {
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
      it(`hosts without ours: ${JSON.stringify(hosts)}`, async () => {
        const source = endpoint(giving('t', { hosts }));
        const error = await failureOf(ask(source.url));
        expect(error).to.include({ code: 'HOST_NOT_ALLOWED', phase: 'config' });
        expect(error.message).to.contain(campaignHost);
        expect(await source.requests()).to.have.length(1);
      });
    }
  });

  // @holds P10
  describe('fails with ENDPOINT_TIMEOUT and closes the connection when the endpoint', () => {
    for (const hold of ['headers', 'body'] as const) {
      // @holds F28
      it(`does not send its ${hold}`, () =>
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

    it('fails first and does not answer the retry: both share one deadline', () =>
      byFakeClock(async (clock) => {
        const source = endpoint({ status: 503 }, { hold: 'headers' });
        const failed = failureOf(ask(source.url, { timeout: 300 }));
        while ((await source.requests()).length < 2) await clock.tick(0);
        await clock.tick(300);
        expect((await failed).code).to.equal('ENDPOINT_TIMEOUT');
        expect(await source.requests()).to.have.length(2);
      }));
  });

  describe('aborted by its caller', () => {
    for (const hold of ['headers', 'body'] as const) {
      it(`closes the connection to an endpoint that does not send its ${hold}`, async () => {
        const source = endpoint({ hold });
        const controller = new AbortController();
        const asked = rejection(ask(source.url, { signal: controller.signal }));
        while (!(await source.requests()).length);
        controller.abort('left');
        expect(await asked).to.equal('left');
        await untilAborted(source);
      });
    }

    it('sends no request if it was aborted before', async () => {
      const source = endpoint(giving('t'));
      const signal = AbortSignal.abort('left');
      expect(await rejection(ask(source.url, { signal }))).to.equal('left');
      expect(await source.requests()).to.have.length(0);
    });

    it('sends no other request if it was aborted between two, and leaves no timer', () =>
      byFakeClock(async (clock) => {
        const source = endpoint({ status: 503, headers: { 'Retry-After': '4' } }, giving('t'));
        const controller = new AbortController();
        const asked = rejection(ask(source.url, { signal: controller.signal }));
        // The timers of the deadline and the pause.
        while (clock.pending < 2) await taskWithoutTimer();
        controller.abort('left');
        expect(await asked).to.equal('left');
        expect(clock.pending).to.equal(0);
        expect(await source.requests()).to.have.length(1);
      }));
  });
});

/** The answer of PHP code that prints text before its JSON, and sets no media type. */
function php(notice: string): Answer {
  return { type: 'text/html; charset=UTF-8', body: `${notice}{"token":"t"}` };
}

/** JSON as the name of a test and as the endpoint's answer, with the kind that the error names. */
function entries(found: string, ...bodies: string[]): [string, Answer, string][] {
  return bodies.map((body) => [body, { body }, found]);
}
