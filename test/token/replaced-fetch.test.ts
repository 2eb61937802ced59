import { expect } from '@open-wc/testing';
import { createServer, Response as MirageResponse } from 'miragejs';
import unfetch from 'unfetch';
import { fetch as polyfill } from 'whatwg-fetch';
import { opaqueToken } from '../support/canary.js';
import { endpoint, giving, stageHost, type Answer } from '../support/stage.js';
import { ask, askForToken, failureOf, withoutPauses } from '../support/token-request.js';

const native = window.fetch.bind(window);

/** Libraries that replace `fetch` on pages: polyfills, mocks, and tools that watch requests. */
const replacements: Record<string, typeof fetch> = {
  'the polyfill whatwg-fetch, over XMLHttpRequest': polyfill,
  'unfetch, whose answers are not a Response': unfetch as unknown as typeof fetch,
  'a wrapper whose answers have no type and no body': async (...request) => {
    const response = await native(...request);
    const { status, headers } = response;
    return { status, headers, text: () => response.text() } as Response;
  },
  'a wrapper whose answers have the stream of Node': async (...request) => {
    const { status, headers, text } = await readEarly(request);
    return { status, headers, body: { on: () => undefined }, text } as unknown as Response;
  },
  'a wrapper that reads a copy of each answer': async (...request) => {
    const response = await native(...request);
    const copy = response.clone().text();
    copy.catch(() => undefined);
    return response;
  },
  'a wrapper that accepts an address only as text': async (address, init) => {
    if (typeof address !== 'string') throw new TypeError('address.startsWith is not a function');
    return native(address, init);
  },
};

async function readEarly(
  request: Parameters<typeof fetch>,
): Promise<Pick<Response, 'status' | 'headers' | 'text'>> {
  const { status, headers, ...response } = await native(...request).then(async (answer) => ({
    status: answer.status,
    headers: answer.headers,
    body: await answer.text(),
  }));
  return { status, headers, text: async () => response.body };
}

describe('if fetch is replaced by', () => {
  let restore: () => void;
  beforeEach(() => (restore = withoutPauses()));
  afterEach(() => {
    restore();
    window.fetch = native;
  });

  for (const [what, replacement] of Object.entries(replacements)) {
    describe(what, () => {
      const source = (...answers: Answer[]): string => {
        const { url } = endpoint(...answers);
        window.fetch = replacement;
        return url;
      };

      it('a token is read', async () => {
        expect((await askForToken(source(giving(opaqueToken)))).token).to.equal(opaqueToken);
      });

      for (const [cause, answer] of [
        ['401', { status: 401 }],
        ['204', { status: 204, type: null }],
        ['null', giving(null)],
      ] as const) {
        it(`${cause} is signed out`, async () => {
          expect(await ask(source(answer))).to.equal(cause);
        });
      }

      it('an answer that is too large is refused', async () => {
        const error = await failureOf(ask(source({ body: ' '.repeat(65_537) })));
        expect(error.code).to.equal('ENDPOINT_BAD_RESPONSE');
        expect(error.message).to.contain('more than 64 KiB');
      });

      it('a request to a busy endpoint is retried', async () => {
        const url = source({ status: 503, body: '' }, giving(opaqueToken));
        expect((await askForToken(url)).token).to.equal(opaqueToken);
      });
    });
  }

  it('a wrapper that follows a redirect, the answer counts as a redirect', async () => {
    const { url } = endpoint(giving(opaqueToken));
    window.fetch = async (...request) => {
      const response = await native(...request);
      return Object.defineProperty(response, 'redirected', { value: true });
    };
    expect(await ask(url)).to.equal('redirect');
  });
});

describe('if Mirage answers for the endpoint', () => {
  // Mirage stores its answers on the window.
  const visibleToken = 'a.b.c';
  const url = `http://${stageHost}/mirage/token`;
  let answer: () => unknown;
  let server: ReturnType<typeof createServer>;
  let restore: () => void;
  before(() => {
    restore = withoutPauses();
    server = createServer({
      environment: 'test',
      routes() {
        this.get(url, () => answer() as object);
        // Requests of the test runner.
        this.passthrough((request) => !request.url.startsWith(url));
      },
    });
  });
  after(() => {
    server.shutdown();
    restore();
  });

  it('its token is read', async () => {
    answer = () => ({ token: visibleToken });
    expect((await askForToken(url)).token).to.equal(visibleToken);
  });

  for (const [cause, status, body] of [
    ['401', 401, {}],
    ['null', 200, { token: null }],
  ] as const) {
    it(`its ${status} with ${JSON.stringify(body)} is signed out`, async () => {
      answer = () => new MirageResponse(status, {}, body);
      expect(await ask(url)).to.equal(cause);
    });
  }

  it('its faults are named', async () => {
    answer = () => ({ jwt: visibleToken });
    const error = await failureOf(ask(url));
    expect(error.message).to.contain('its token as "jwt"');
  });
});
