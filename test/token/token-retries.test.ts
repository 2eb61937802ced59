import { expect } from '@open-wc/testing';
import { byFakeClock } from '../support/fake-clock.js';
import { endpoint, giving, stageHost, type Answer } from '../support/stage.js';
import { taskWithoutTimer } from '../support/task.js';
import {
  ask,
  askForToken,
  beforeLastRetry,
  failureOf,
  pausesDuring,
  retries,
  withoutPauses,
} from '../support/token-request.js';

const ok = giving('t');

/**
 * The browser refuses the answer, because the endpoint names another origin: to the page, this is a
 * network failure.
 */
const noCors: Answer = { headers: { 'Access-Control-Allow-Origin': 'https://other.example' } };

function busy(retryAfter: string, headers: Record<string, string> = {}): Answer {
  return { status: 503, headers: { 'Retry-After': retryAfter, ...headers } };
}

/** A request and its retries. */
const most = 1 + retries;

/** Whether this engine treats an incomplete answer as complete, as WebKitGTK does. */
async function takesPartForWhole(): Promise<boolean> {
  const response = await fetch(endpoint({ cut: true }).url);
  return response.text().then(
    () => true,
    () => false,
  );
}

describe('a token request is retried', () => {
  let restore: () => void;
  beforeEach(() => (restore = withoutPauses()));
  afterEach(() => restore());

  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    describe(`on ${status}`, () => {
      it('until it succeeds', async () => {
        const source = endpoint(...beforeLastRetry({ status }), ok);
        expect((await askForToken(source.url)).token).to.equal('t');
        expect(await source.requests()).to.have.length(most);
      });

      // @holds F27
      it(`${retries} times at most, then fails with the status`, async () => {
        const source = endpoint({ status });
        const error = await failureOf(ask(source.url));
        expect(error).to.include({
          code: 'ENDPOINT_FAILED',
          phase: 'token',
          httpStatus: status,
          recoverable: true,
        });
        const { length } = await source.requests();
        // The browser itself repeats a request after a 408 on a reused connection.
        expect(length).to.be.within(most, status === 408 ? 2 * most : most);
      });
    });
  }

  it('on a network failure, until it succeeds', async () => {
    const source = endpoint(...beforeLastRetry(noCors), ok);
    expect((await askForToken(source.url)).token).to.equal('t');
    expect(await source.requests()).to.have.length(most);
  });

  it('on a network failure, then fails with ENDPOINT_UNREACHABLE', async () => {
    const source = endpoint(...beforeLastRetry(noCors), noCors, ok);
    const error = await failureOf(ask(source.url));
    expect(error).to.include({ code: 'ENDPOINT_UNREACHABLE', phase: 'token', recoverable: true });
    expect(error.message).to.match(/cannot be reached: network, or CORS/);
    expect(error).not.to.have.property('httpStatus');
    expect(error.cause).to.be.instanceOf(TypeError);
    expect(await source.requests()).to.have.length(most);
  });

  it('when the connection is reset, then fails with ENDPOINT_UNREACHABLE', async () => {
    const error = await failureOf(ask(endpoint({ reset: true }).url));
    expect(error.code).to.equal('ENDPOINT_UNREACHABLE');
  });

  // @holds F29
  it('when the connection breaks within the body, until it succeeds', async () => {
    if (await takesPartForWhole()) {
      const error = await failureOf(ask(endpoint({ cut: true }).url));
      expect(error.code).to.equal('ENDPOINT_BAD_RESPONSE');
      return;
    }
    const source = endpoint(...beforeLastRetry({ cut: true }), ok);
    expect((await askForToken(source.url)).token).to.equal('t');
    expect(await source.requests()).to.have.length(most);
    const error = await failureOf(ask(endpoint({ cut: true }).url));
    expect(error).to.include({ code: 'ENDPOINT_UNREACHABLE', recoverable: true });
    expect(error.message).to.match(/answered 200 .*the answer is incomplete/);
  });

  it('when no server listens, then fails with ENDPOINT_UNREACHABLE', async () => {
    const error = await failureOf(ask(`http://${stageHost.split(':')[0]}:9/token`));
    expect(error.code).to.equal('ENDPOINT_UNREACHABLE');
  });

  it('and the last answer counts: signed out, or an error', async () => {
    expect(await ask(endpoint({ status: 500 }, { status: 401 }).url)).to.equal('401');
    const error = await failureOf(ask(endpoint({ status: 500 }, { status: 404 }).url));
    expect(error.httpStatus).to.equal(404);
  });

  describe('after a pause', () => {
    // @holds F27
    it('of random length, up to 400 ms, then up to 800 ms', async () => {
      Math.random = () => 0.5;
      const url = endpoint({ status: 500 }).url;
      expect(await pausesDuring(5000, () => failureOf(ask(url)))).to.deep.equal([200, 400]);
    });

    for (const [what, answer, pause] of [
      ['in seconds', busy('2'), 2000],
      ['of no seconds', busy('0'), 0],
      ['by date, on the endpoint’s clock', busy(at(7), { Date: at(0) }), 7000],
      [
        'by date, on the local clock if the endpoint’s cannot be read',
        busy(at(7), { Date: '?' }),
        60_000,
      ],
      ['by a date in the past', busy(at(-60), { Date: at(0) }), 0],
      ['that cannot be read, as if there were none', busy('soon'), 0],
      ['that is negative, without a pause', busy('-5'), 0],
      ['that is empty, as if there were none', busy(''), 0],
      ['of an hour, for a minute at most', busy('3600'), 60_000],
      ['beyond all numbers, for a minute at most', busy('9'.repeat(400)), 60_000],
    ] as const) {
      // @holds F26
      it(`of the endpoint’s Retry-After ${what}`, async () => {
        const source = endpoint(answer, ok);
        const pauses = await pausesDuring(90_000, async () => {
          expect((await askForToken(source.url, { timeout: 90_000 })).token).to.equal('t');
        });
        expect(pauses).to.deep.equal([pause]);
      });
    }

    // @holds F26
    it('really waits for it', () =>
      byFakeClock(async (clock) => {
        const source = endpoint(busy('1'), ok);
        const asked = askForToken(source.url);
        // The timers of the deadline and the pause.
        while (clock.pending < 2) await taskWithoutTimer();
        await clock.tick(999);
        expect(clock.pending).to.equal(2);
        expect(await source.requests()).to.have.length(1);
        await clock.tick(1);
        expect((await asked).token).to.equal('t');
      }));

    for (const retryAfter of ['5', '3600', at(86_400)]) {
      // @holds F26
      it(`but fails immediately if Retry-After: ${retryAfter} is beyond the deadline`, () =>
        byFakeClock(async (clock) => {
          const source = endpoint(busy(retryAfter, { Date: at(0) }), ok);
          let error: unknown;
          void failureOf(ask(source.url, { timeout: 4000 })).then((reason) => (error = reason));
          // A second timer would be a pause.
          while (!error && clock.pending < 2) await taskWithoutTimer();
          expect(error).to.include({ code: 'ENDPOINT_FAILED', httpStatus: 503 });
          expect(await source.requests()).to.have.length(1);
        }));
    }
  });
});

/** A date in HTTP's format, some seconds from the start of another year. */
function at(seconds: number): string {
  return new Date(Date.UTC(2030, 0, 1) + seconds * 1000).toUTCString();
}
