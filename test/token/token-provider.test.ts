import { expect } from '@open-wc/testing';
import type { TokenProvider, TokenRequest } from '../../src/index.js';
import { opaqueToken } from '../support/canary.js';
import { byFakeClock } from '../support/fake-clock.js';
import { ask, askForToken, failureOf, rejection } from '../support/token-request.js';
import { deferred, rejectionsDuring } from '../support/watch.js';

/** A provider that does not follow its type. */
function gives(value: unknown): TokenProvider {
  return () => value as Promise<string | null>;
}

describe('a token request to the page’s provider', () => {
  it('returns its token', async () => {
    expect((await askForToken(gives(Promise.resolve(opaqueToken)))).token).to.equal(opaqueToken);
    expect((await askForToken(gives(opaqueToken))).token).to.equal(opaqueToken);
  });

  it('returns an empty string, to be refused as empty', async () => {
    expect((await askForToken(gives(''))).token).to.equal('');
  });

  it('treats null as signed out', async () => {
    expect(await ask(gives(Promise.resolve(null)))).to.equal('provider');
  });

  it('passes campaign, reason and attempt', async () => {
    const requests: TokenRequest[] = [];
    const provider: TokenProvider = async (request) => {
      requests.push(request);
      return null;
    };
    await ask(provider);
    await ask(provider, { reason: 'expired', attempt: 2 });
    expect(requests.map(({ signal: _, ...rest }) => rest)).to.deep.equal([
      { campaignId: '77', reason: 'requested', attempt: 1 },
      { campaignId: '77', reason: 'expired', attempt: 2 },
    ]);
    expect(requests[0]!.signal.aborted).to.equal(false);
  });

  for (const value of [undefined, false, 7, {}, [opaqueToken], Symbol(opaqueToken)]) {
    it(`fails if it returns ${typeof value} instead of a string or null`, async () => {
      const error = await failureOf(ask(gives(value)));
      expect(error).to.include({ code: 'PROVIDER_FAILED', phase: 'token', recoverable: true });
      const found = value === undefined ? 'nothing' : `a value of type ${typeof value}`;
      expect(error.message).to.contain(`tokenProvider returned ${found}.`);
    });
  }

  const cause = new Error('No session.');
  for (const [what, provider] of [
    ['throws', () => expectThrown(cause)],
    ['rejects', () => Promise.reject(cause)],
  ] as const) {
    it(`fails if it ${what}, without a retry`, async () => {
      let asked = 0;
      const error = await failureOf(ask(() => (asked++, provider())));
      expect(error).to.include({ code: 'PROVIDER_FAILED', phase: 'token', cause });
      expect(error.message).to.contain('tokenProvider threw or rejected.');
      expect(asked).to.equal(1);
    });
  }

  it('fails with ENDPOINT_TIMEOUT and aborts its signal if it hangs', async () => {
    let signal: AbortSignal | undefined;
    const provider: TokenProvider = (request) => {
      ({ signal } = request);
      return new Promise(() => {});
    };
    const error = await failureOf(ask(provider, { timeout: 50 }));
    expect(error).to.include({ code: 'ENDPOINT_TIMEOUT', phase: 'token', recoverable: true });
    expect(signal?.aborted).to.equal(true);
  });

  it('aborts its signal when the caller aborts', async () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    const provider: TokenProvider = (request) => {
      ({ signal } = request);
      return new Promise(() => {});
    };
    const asked = rejection(ask(provider, { signal: controller.signal }));
    controller.abort('left');
    expect(await asked).to.equal('left');
    expect(signal).to.include({ aborted: true, reason: 'left' });
  });

  it('leaves no timer', () =>
    byFakeClock(async (clock) => {
      await ask(async () => 't');
      expect(clock.pending).to.equal(0);
    }));

  it('leaves no unhandled rejection when it fails too late', async () => {
    const late = deferred<string>();
    const unhandled = await rejectionsDuring(async () => {
      await failureOf(ask(() => late.promise, { timeout: 20 }));
      late.reject(cause);
      await late.promise.catch(() => {});
    });
    expect(unhandled).to.deep.equal([]);
  });
});

function expectThrown(error: Error): never {
  throw error;
}
