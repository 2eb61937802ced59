import { expect } from '@open-wc/testing';
import type {
  QualifioCampaign,
  QualifioErrorEvent,
  QualifioLoginRequiredEvent,
  TokenRequest,
} from '../../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stagePuppet,
  token,
} from '../support/stage.js';
import { deferred, later, nextTask, rejectionsDuring, timersDuring } from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
/** What the provider returns; null means signed out. */
let jwt: string | null;
let requests: TokenRequest[];
/** Resolves when the provider’s next answer was used. */
let answered: Promise<void>;

/** Stages an element whose participant is signed out, at the form. */
async function requireLogin(): Promise<QualifioLoginRequiredEvent> {
  jwt = null;
  requests = [];
  element = campaign();
  expectRequest();
  puppet = await stagePuppet(element);
  const required = next<QualifioLoginRequiredEvent>(element, 'qualifio-login-required');
  await puppet.say('isLoggedIn');
  return required;
}

function expectRequest(): void {
  const done = deferred<void>();
  answered = done.promise.then(nextTask);
  element.tokenProvider = async (request) => {
    requests.push(request);
    done.resolve();
    return jwt;
  };
}

async function expectToken(): Promise<void> {
  expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  await nextTask();
  expect(element.status).to.equal('token-sent');
}

afterEach(() => element.remove());

describe('while a login is required, the element', () => {
  it('reports the reason', async () => {
    const { reason, campaignId, bubbles, composed } = await requireLogin();
    expect({ reason, campaignId, bubbles, composed }).to.deep.equal({
      reason: 'signed-out',
      campaignId: element.campaignId,
      bubbles: true,
      composed: true,
    });
    expect(element).to.include({ status: 'login-required', error: null });
  });

  it('returns false from resume() while the participant is signed out, without another event', async () => {
    await requireLogin();
    const told = recordEvents(element);
    expect(await element.resume()).to.equal(false);
    expect(element.status).to.equal('login-required');
    expect(told).to.not.include('login-required');
    expect(requests.map(({ reason }) => reason)).to.deep.equal(['requested', 'resumed']);
    jwt = await token();
    expect(await element.resume()).to.equal(true);
    await expectToken();
  });

  it('dispatches the event again after an error, and its panel can be prevented again', async () => {
    await requireLogin();
    element.addEventListener('qualifio-login-required', (event) => event.preventDefault());
    element.tokenProvider = () => Promise.reject(new Error('offline'));
    expect(await element.resume()).to.equal(false);
    expect(element.error?.code).to.equal('PROVIDER_FAILED');
    expectRequest();
    const told = recordEvents(element);
    expect(await element.resume()).to.equal(false);
    expect(told).to.deep.equal([
      'status-change authenticating',
      'status-change login-required',
      'login-required',
    ]);
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part="panel"]')).to.have.property('hidden', true);
  });

  it('shows its panel after an error whose panel was prevented', async () => {
    await requireLogin();
    element.addEventListener('qualifio-error', (event) => event.preventDefault(), { once: true });
    element.tokenProvider = () => Promise.reject(new Error('offline'));
    await element.resume();
    expectRequest();
    await element.resume();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part="panel"]')).to.have.property('hidden', false);
  });

  it('resumes automatically when the waitUntil() promise is fulfilled', async () => {
    const event = await requireLogin();
    const login = deferred<string>();
    event.waitUntil(login.promise);
    jwt = await token();
    login.resolve('whatever');
    await expectToken();
  });

  it('keeps waiting when the waitUntil() promise is rejected', async () => {
    const event = await requireLogin();
    const rejections = await rejectionsDuring(async () => {
      event.waitUntil(Promise.reject(new Error('popup closed')));
      await nextTask();
    });
    expect(rejections).to.deep.equal([]);
    expect(requests).to.have.length(1);
    expect(element.status).to.equal('login-required');
  });

  const returns: Record<string, () => void> = {
    // @holds F47
    'gets focus': () => window.dispatchEvent(new Event('focus')),
    // @holds F47
    'becomes visible': () => document.dispatchEvent(new Event('visibilitychange')),
    // @holds F45
    'returns from the back/forward cache': () =>
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  };
  for (const [what, come] of Object.entries(returns)) {
    it(`continues automatically when the page ${what}`, async () => {
      await requireLogin();
      jwt = await token();
      come();
      await expectToken();
    });
  }

  // @holds F45
  it('does not treat the page’s own load as a return', async () => {
    await requireLogin();
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    await nextTask();
    expect(requests).to.have.length(1);
  });

  // @holds F47
  it('checks once for many returns, and again after 5 s', async () => {
    await requireLogin();
    expectRequest();
    const comeOften = (): void => {
      for (let time = 0; time < 5; time++) Object.values(returns).forEach((come) => come());
    };
    const start = performance.now();
    comeOften();
    await answered;
    expect(requests).to.have.length(2);
    jwt = await token();
    const timers = await timersDuring(async () => comeOften());
    const [timer, ...others] = timers.filter(({ isCleared }) => !isCleared);
    expect(others).to.deep.equal([]);
    expect(timer!.milliseconds).to.be.within(5000 - (performance.now() - start), 5000);
    expect(requests).to.have.length(2);
    timer!.callback();
    await expectToken();
    expect(requests).to.have.length(3);
  });

  it('checks immediately for a return after 5 s', async () => {
    await requireLogin();
    expectRequest();
    window.dispatchEvent(new Event('focus'));
    await answered;
    jwt = await token();
    await later(5001, async () => {
      window.dispatchEvent(new Event('focus'));
      await expectToken();
    });
  });

  // @holds T18
  it('dispatches nothing for a return if nothing has changed', async () => {
    await requireLogin();
    const told = recordEvents(element);
    expectRequest();
    window.dispatchEvent(new Event('focus'));
    await answered;
    expect(told).to.deep.equal([]);
  });

  // @holds P11
  it('ignores returns after the token is sent or the element is removed', async () => {
    await requireLogin();
    jwt = await token();
    await element.resume();
    await later(60_000, async () => Object.values(returns).forEach((come) => come()));
    await nextTask();
    expect(requests).to.have.length(2);
    await requireLogin();
    element.remove();
    await later(60_000, async () => Object.values(returns).forEach((come) => come()));
    await nextTask();
    expect(requests).to.have.length(1);
  });
});

describe('resume()', () => {
  // @holds T18
  it('returns false without a request if no frame waits', async () => {
    element = campaign();
    requests = [];
    expectRequest();
    expect(await element.resume()).to.equal(false);
    puppet = await stagePuppet(element);
    expect(await element.resume()).to.equal(false);
    expect(requests).to.deep.equal([]);
  });

  it('returns false when it fails, and sets error', async () => {
    element = campaign({ 'auth-endpoint': endpoint({ status: 401 }, { status: 403 }).url });
    puppet = await stagePuppet(element);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    expect(await element.resume()).to.equal(false);
    expect(element.error).to.include({ code: 'ENDPOINT_FORBIDDEN', httpStatus: 403 });
  });

  it('answers a frame that waits after an error', async () => {
    jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint({ status: 404 }, giving(jwt)).url });
    puppet = await stagePuppet(element);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    expect((await failed).error.code).to.equal('ENDPOINT_FAILED');
    expect(await element.resume()).to.equal(true);
    await expectToken();
    expect(element.error).to.equal(null);
  });
});

describe('without a token source', () => {
  const inVain = async (): Promise<void> => {
    element = campaign();
    puppet = await stagePuppet(element);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    const { error } = await failed;
    expect(error).to.include({ code: 'CONFIG_INVALID', phase: 'config' });
    expect(error.message).to.include('auth-endpoint');
  };

  it('the campaign runs to the form, and continues when a tokenProvider is set', async () => {
    await inVain();
    jwt = await token();
    element.tokenProvider = async () => jwt;
    await expectToken();
    expect(element.error).to.equal(null);
  });

  it('the campaign continues when an auth-endpoint is set', async () => {
    await inVain();
    jwt = await token();
    element.setAttribute('auth-endpoint', endpoint(giving(jwt)).url);
    await expectToken();
  });
});
