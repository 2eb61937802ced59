import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent, TokenReason } from '../../src/index.js';
import { campaign, next, recordEvents, stagePuppet, token, type Puppet } from '../support/stage.js';
import { later, nextTask } from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
/** The tokens that were sent, and why they were requested. */
let given: (string | null)[];
let reasons: TokenReason[];
afterEach(() => element.remove());

/** Stages an element whose provider returns what `give` makes. */
async function stageProvider(give: () => Promise<string | null> = () => token()): Promise<void> {
  given = [];
  reasons = [];
  element = campaign();
  element.tokenProvider = async ({ reason }) => {
    const jwt = await give();
    given.push(jwt);
    reasons.push(reason);
    return jwt;
  };
  puppet = await stagePuppet(element);
}

/** Makes the frame ask, and waits for its token. */
async function sendToken(give?: () => Promise<string | null>): Promise<void> {
  await stageProvider(give);
  await puppet.say('isLoggedIn');
  await puppet.awaitMessages(1);
}

async function sent(count: number): Promise<unknown[]> {
  return (await puppet.awaitMessages(count)).map(({ data }) => data);
}

async function errorAfter(code: unknown): Promise<QualifioErrorEvent['error']> {
  const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
  await puppet.say('error', { code });
  return (await failed).error;
}

/** Makes Qualifio refuse a number of tokens, and returns the first error that is reported. */
async function errorAfterEach(code: string, tokens: number): Promise<QualifioErrorEvent['error']> {
  for (let count = 1; count < tokens; count++) {
    await puppet.say('error', { code });
    await puppet.awaitMessages(count + 1);
  }
  return errorAfter(code);
}

describe('a repeated isLoggedIn', () => {
  // @holds F41, P3, T8, T18
  it('gets a new token, three times a minute', async () => {
    await sendToken();
    for (let count = 2; count <= 4; count++) {
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(count);
    }
    expect(await sent(4)).to.deep.equal(given);
    expect(new Set(given).size).to.equal(4);
    await puppet.say('isLoggedIn', {}, 5);
    await nextTask();
    expect(await puppet.received()).to.have.length(4);
    expect(given).to.have.length(4);
    await later(60_000, async () => {
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(5);
    });
  });
});

describe('a repeated isLoggedIn after a slow login', () => {
  // @holds F41
  it('is also answered three times in the next minute', async () => {
    let jwt: string | null = null;
    await stageProvider(async () => jwt);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    await later(59_000, async () => {
      jwt = await token();
      expect(await element.resume()).to.equal(true);
    });
    await later(61_000, async () => {
      for (let count = 2; count <= 4; count++) {
        jwt = await token();
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(count);
      }
      await puppet.say('isLoggedIn', {}, 5);
      await nextTask();
    });
    expect(await puppet.received()).to.have.length(4);
  });
});

describe('Qualifio’s error', () => {
  for (const [code, reason] of [
    ['TOKEN_EXPIRED', 'expired'],
    ['TOKEN_EMPTY', 'empty'],
  ] as const) {
    // @holds F38
    it(`${code} causes one new token, and is shown the second time`, async () => {
      await sendToken();
      const told = recordEvents(element);
      await puppet.say('error', { code });
      expect(await sent(2)).to.deep.equal(given);
      expect(reasons).to.deep.equal(['requested', reason]);
      expect(told).to.not.include(`error ${code}`);
      expect(await errorAfter(code)).to.include({ code, phase: 'qualifio' });
      expect(element.status).to.equal('error');
      expect(given).to.have.length(2);
    });
  }

  // @holds F48
  it('TOKEN_EXPIRED requires a login if the participant is signed out by then', async () => {
    const jwt = await token();
    await sendToken(async () => (given.length === 0 ? jwt : null));
    const required = next<Event & { reason: string }>(element, 'qualifio-login-required');
    await puppet.say('error', { code: 'TOKEN_EXPIRED' });
    expect((await required).reason).to.equal('expired');
  });

  // @holds F38
  it('TOKEN_EXPIRED is shown if the source returns the same token, which is not sent again', async () => {
    const jwt = await token();
    await sendToken(async () => jwt);
    expect(await errorAfter('TOKEN_EXPIRED')).to.include({ code: 'TOKEN_EXPIRED' });
    expect(await element.resume()).to.equal(false);
    await puppet.say('isLoggedIn');
    await nextTask();
    expect(await puppet.received()).to.have.length(1);
    expect(element.status).to.equal('error');
  });

  // @holds F38
  it('TOKEN_EXPIRED is shown if the source returns an earlier token, which is not sent again', async () => {
    const [first, second] = [await token(), await token()];
    await sendToken(async () => (given.length === 1 ? second : first));
    expect(await errorAfterEach('TOKEN_EXPIRED', 2)).to.include({ code: 'TOKEN_EXPIRED' });
    const failed = next(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    await failed;
    expect(await sent(2)).to.deep.equal([first, second]);
  });

  for (const code of [
    'TOKEN_INVALID_FORMAT',
    'TOKEN_INVALID_SIGNATURE',
    'TOKEN_DECRYPTION_FAILED',
    'UNKNOWN',
  ]) {
    // @holds F38
    it(`${code} is shown immediately`, async () => {
      await sendToken();
      expect(await errorAfter(code)).to.include({ code, phase: 'qualifio', recoverable: false });
      expect(element.error?.code).to.equal(code);
      expect(given).to.have.length(1);
    });
  }

  for (const code of ['BRAND_NEW', 7, null, 'CONFIG_INVALID', 'toString']) {
    // @holds F39, T15
    it(`${JSON.stringify(code)} is reported as UNKNOWN`, async () => {
      await sendToken();
      expect(await errorAfter(code)).to.include({ code: 'UNKNOWN', phase: 'qualifio' });
    });
  }

  // @holds F38
  it('is reported once if it is repeated', async () => {
    await sendToken();
    const told = recordEvents(element);
    await puppet.say('error', { code: 'UNKNOWN' }, 20);
    await nextTask();
    expect(told).to.deep.equal(['status-change error', 'error UNKNOWN']);
  });

  // @holds F40
  it('before any token is shown without a token request', async () => {
    await stageProvider();
    expect((await errorAfter('TOKEN_EMPTY')).code).to.equal('TOKEN_EMPTY');
    expect(given).to.deep.equal([]);
    expect(await puppet.received()).to.deep.equal([]);
  });

  it('is cleared when the frame asks again and gets a token', async () => {
    await sendToken();
    await errorAfter('UNKNOWN');
    await puppet.say('isLoggedIn');
    expect(await sent(2)).to.deep.equal(given);
    await nextTask();
    expect(element).to.include({ status: 'token-sent', error: null });
  });
});
