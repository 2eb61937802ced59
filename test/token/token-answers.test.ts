import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent, TokenRequest } from '../../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  recordEvents,
  stageHost,
  stagePuppet,
  technicalId,
  token,
  type Answer,
  type Puppet,
} from '../support/stage.js';
import { beforeLastRetry, retries, withoutPauses } from '../support/token-request.js';

const day = 86_400;

/** Seconds since the epoch, `seconds` from now. */
function at(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** An answer of an endpoint whose clock is `seconds` ahead. */
function clocked(jwt: string, seconds: number): Answer {
  return { ...giving(jwt), headers: { Date: new Date(at(seconds) * 1000).toUTCString() } };
}

describe('a campaign that sends isLoggedIn', () => {
  let element: QualifioCampaign;
  let puppet: Puppet;
  let told: string[];
  let restore: () => void;
  beforeEach(() => (restore = withoutPauses()));
  afterEach(() => {
    restore();
    element.remove();
  });

  /** Stages an element whose endpoint sends `answers`, and makes its frame ask. */
  async function askWith(answers: Answer[], attributes: Record<string, string> = {}) {
    const source = endpoint(...answers);
    element = campaign({ 'auth-endpoint': source.url, ...attributes });
    puppet = await stagePuppet(element);
    told = recordEvents(element);
    await puppet.say('isLoggedIn');
    return source;
  }

  async function failure(): Promise<NonNullable<QualifioCampaign['error']>> {
    if (!element.error) await next<QualifioErrorEvent>(element, 'qualifio-error');
    expect(await puppet.received()).to.deep.equal([]);
    return element.error!;
  }

  describe('gets the endpoint’s token', () => {
    for (const [what, form] of [
      ['as JSON', (jwt: string) => giving(jwt)],
      ['as JSON for our host', (jwt: string) => giving(jwt, { hosts: [stageHost] })],
      ['as application/jwt', (body: string) => ({ type: 'application/jwt', body })],
      [
        'as text/plain, with a line end',
        (jwt: string) => ({ type: 'text/plain', body: `${jwt}\n` }),
      ],
      ['after two failures', (jwt: string) => [{ status: 500 }, { status: 503 }, giving(jwt)]],
    ] as const) {
      it(what, async () => {
        const jwt = await token();
        await askWith([form(jwt)].flat());
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
        expect(element.status).to.equal('token-sent');
        expect(told).to.deep.equal([
          'status-change authenticating',
          'status-change token-sent',
          'token-sent',
        ]);
      });
    }
  });

  describe('requires a login without an error when the endpoint answers', () => {
    for (const [what, answer] of [
      // @holds F23
      ['401', { status: 401 }],
      // @holds F33
      ['204', { status: 204, type: null }],
      // @holds F33
      ['{"token": null}', giving(null)],
      // @holds F30
      ['a redirect to a login page', { status: 302, headers: { Location: '/login' } }],
    ] as const) {
      it(what, async () => {
        const source = await askWith([answer]);
        if (element.status !== 'login-required') await next(element, 'qualifio-login-required');
        expect(element.error).to.equal(null);
        expect(told).to.deep.equal([
          'status-change authenticating',
          'status-change login-required',
          'login-required',
        ]);
        expect(await puppet.received()).to.deep.equal([]);
        expect(await source.requests()).to.have.length(1);
      });
    }
  });

  describe('gets a token with', () => {
    for (const [what, claim, attributes] of [
      ['the campaign’s technical ID, which is not declared', technicalId, {}],
      ['any other campaign, if none is declared', '1', {}],
      ['the ID in token-campaign-id', technicalId, { 'token-campaign-id': technicalId }],
      ['this ID as a number', Number(technicalId), { 'token-campaign-id': technicalId }],
    ] as const) {
      it(what, async () => {
        const jwt = await token({ campaignId: claim });
        await askWith([giving(jwt)], attributes);
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      });
    }

    it('the current value of token-campaign-id', async () => {
      const jwt = await token();
      element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url, 'token-campaign-id': '1' });
      puppet = await stagePuppet(element);
      element.setAttribute('token-campaign-id', technicalId);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  });

  describe('does not get a token', () => {
    it('if the endpoint does not list this host', async () => {
      await askWith([giving(await token(), { hosts: ['jeux.publisher.com'] })]);
      expect((await failure()).code).to.equal('HOST_NOT_ALLOWED');
    });

    // @holds F37, S10
    it('with a campaign ID other than token-campaign-id', async () => {
      const attributes = { 'token-campaign-id': technicalId };
      await askWith([giving(await token({ campaignId: '1' }))], attributes);
      expect((await failure()).code).to.equal('TOKEN_WRONG_CAMPAIGN');
    });

    it('with the tag number if the campaign ID is declared', async () => {
      const attributes = { 'campaign-id': '110990', 'token-campaign-id': technicalId };
      await askWith([giving(await token({ campaignId: '110990' }))], attributes);
      expect((await failure()).code).to.equal('TOKEN_WRONG_CAMPAIGN');
    });

    // @holds F34
    it('that is not signed', async () => {
      await askWith([giving('ya29.opaque')]);
      expect((await failure()).code).to.equal('TOKEN_INVALID_FORMAT');
    });
  });

  describe('whose token has already expired', () => {
    // @holds F35
    it('gets a new one after one request', async () => {
      const fresh = await token();
      const source = await askWith([giving(await token({ exp: at(-1) })), giving(fresh)]);
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: fresh }]);
      expect(await source.requests()).to.have.length(2);
      expect(told).to.not.include('error TOKEN_EXPIRED');
    });

    // @holds F35
    it('causes TOKEN_EXPIRED if the new one has also expired', async () => {
      const source = await askWith([
        giving(await token({ exp: at(-1) })),
        giving(await token({ exp: at(-1) })),
      ]);
      expect((await failure()).code).to.equal('TOKEN_EXPIRED');
      expect(await source.requests()).to.have.length(2);
    });

    // @holds F35
    it('requires a login if the endpoint then answers signed out', async () => {
      await askWith([giving(await token({ exp: at(-1) })), { status: 401 }]);
      if (element.status !== 'login-required') await next(element, 'qualifio-login-required');
      expect(await puppet.received()).to.deep.equal([]);
    });

    it('passes the reason to its provider at the second attempt', async () => {
      const requests: Pick<TokenRequest, 'reason' | 'attempt' | 'campaignId'>[] = [];
      element = campaign();
      element.tokenProvider = async ({ signal: _, ...request }) => {
        requests.push(request);
        return token({ exp: at(request.attempt === 1 ? -1 : 60) });
      };
      puppet = await stagePuppet(element);
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      expect(requests).to.deep.equal([
        { campaignId: element.campaignId, reason: 'requested', attempt: 1 },
        { campaignId: element.campaignId, reason: 'expired', attempt: 2 },
      ]);
    });
  });

  it('whose token has expired gets a new one within the same token-timeout', async () => {
    element = campaign();
    const expired = await token({ exp: at(-1) });
    const { now } = performance;
    element.tokenProvider = async ({ attempt }) => {
      if (attempt === 2) return new Promise<never>(() => {});
      performance.now = () => now.call(performance) + 9_900;
      return expired;
    };
    puppet = await stagePuppet(element);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    const { error } = await failed.finally(() => (performance.now = now));
    expect(error.code).to.equal('ENDPOINT_TIMEOUT');
  });

  describe('on a device whose clock is wrong by a day', () => {
    // @holds F36
    it('ahead, gets a token that is valid by the endpoint’s clock', async () => {
      const jwt = await token({ exp: at(-day + 60) });
      const source = await askWith([clocked(jwt, -day)]);
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      expect(await source.requests()).to.have.length(1);
    });

    // @holds F36
    it('behind, does not get one that has expired by the endpoint’s clock', async () => {
      await askWith([clocked(await token({ exp: at(day - 60) }), day)]);
      expect((await failure()).code).to.equal('TOKEN_EXPIRED');
    });
  });

  it('aborts the request when the element is removed, and reports nothing more', async () => {
    const source = await askWith([{ hold: 'headers' }]);
    while (!(await source.requests()).length);
    const before = told.length;
    element.remove();
    while (!(await source.requests())[0]!.aborted);
    expect(told.slice(before)).to.deep.equal([]);
    expect(element).to.include({ status: 'idle', error: null });
  });

  // @holds F29
  it('gets its token automatically when the network is back', async () => {
    const jwt = await token();
    const cut: Answer = { headers: { 'Access-Control-Allow-Origin': 'https://other.example' } };
    const source = await askWith([cut, ...beforeLastRetry(cut), giving(jwt)]);
    expect((await failure()).code).to.equal('ENDPOINT_UNREACHABLE');
    window.dispatchEvent(new Event('online'));
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(await source.requests()).to.have.length(2 + retries);
    expect(element).to.include({ status: 'token-sent', error: null });
  });
});
