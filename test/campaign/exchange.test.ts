import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  recordEvents,
  stagePuppet,
  token,
} from '../support/stage.js';

describe('the exchange', () => {
  let element: QualifioCampaign;
  afterEach(() => element.remove());

  it('answers isLoggedIn with the endpoint’s token for a signed-in participant', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const told = recordEvents(element);
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(told).to.deep.equal([
      'status-change loading',
      'status-change ready',
      'ready',
      'status-change authenticating',
      'status-change token-sent',
      'token-sent',
    ]);
  });

  // @holds F41
  it('sends one request to the endpoint for 100 isLoggedIn in a burst', async () => {
    const source = endpoint(giving(await token()));
    element = campaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn', {}, 100);
    expect(await puppet.awaitMessages(1)).to.have.length(1);
    expect(await source.requests()).to.have.length(1);
  });

  it('sends exactly one token after a 401, a login and resume()', async () => {
    const jwt = await token();
    const source = endpoint({ status: 401 }, giving(jwt));
    element = campaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    expect(element.status).to.equal('login-required');
    const [first, second] = await Promise.all([element.resume(), element.resume()]);
    expect([first, second]).to.deep.equal([true, true]);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(await source.requests()).to.have.length(2);
    expect(await element.resume()).to.equal(false);
  });
});
