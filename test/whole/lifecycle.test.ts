import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  campaign,
  campaignAttributes,
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';
import {
  deferred,
  eventually,
  nextTask,
  recordCommands,
  rejectionsDuring,
  warningsDuring,
} from '../support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

function divs(): string[] {
  return Array.from(document.querySelectorAll('.qualifio_iframe_wrapper'), ({ id }) => id);
}

describe('starting', () => {
  it('uses properties and listeners that are set right after insertion', async () => {
    campaign();
    element = document.createElement('qualifio-campaign');
    document.body.append(element);
    expect(element).to.include({ status: 'idle', frame: null });
    expect(element.childElementCount).to.equal(0);
    const { host, ...ids } = campaignAttributes({});
    const jwt = await token();
    Object.assign(element, { campaignId: ids['campaign-id'], channelId: ids['channel-id'], host });
    element.tokenProvider = async () => jwt;
    const told = recordEvents(element);
    await element.load();
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
  });

  it('requests and changes nothing for an element that is immediately removed', async () => {
    element = campaign();
    const told = recordEvents(element);
    document.body.append(element);
    element.remove();
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(divs()).to.deep.equal([]);
    expect(element.status).to.equal('idle');
  });
});

describe('removal', () => {
  // @holds F16, P11
  it('aborts the token request, without a message, event or rejection', async () => {
    const source = endpoint({ hold: 'headers' });
    element = campaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    const told = recordEvents(element);
    const commands = recordCommands();
    const rejections = await rejectionsDuring(async () => {
      await puppet.say('isLoggedIn');
      await eventually(async () => (await source.requests()).length === 1);
      element.remove();
      await eventually(async () => (await source.requests())[0]?.aborted);
    });
    expect(rejections).to.deep.equal([]);
    expect(told).to.deep.equal(['status-change authenticating']);
    expect(commands).to.deep.equal([]);
    expect(await source.requests()).to.have.length(1);
  });

  it('aborts a provider’s signal and drops its later result', async () => {
    const answer = deferred<string | null>();
    const asked = deferred<AbortSignal>();
    element = campaign();
    element.tokenProvider = ({ signal }) => {
      asked.resolve(signal);
      return answer.promise;
    };
    const puppet = await stagePuppet(element);
    const commands = recordCommands();
    await puppet.say('isLoggedIn');
    const signal = await asked.promise;
    const told = recordEvents(element);
    element.remove();
    expect(signal.aborted).to.equal(true);
    answer.resolve(await token());
    await nextTask();
    expect([...told, ...commands]).to.deep.equal([]);
    expect(element).to.include({ status: 'idle', error: null, frame: null });
  });

  it('removes the div and rejects load()', async () => {
    element = campaign();
    document.body.append(element);
    const loading = element.load();
    await next(element, 'qualifio-status-change');
    expect(divs()).to.have.length(1);
    element.remove();
    expect(divs()).to.have.length(0);
    const reason: unknown = await loading.catch((error: unknown) => error);
    expect(reason).to.be.instanceOf(DOMException).with.property('name', 'AbortError');
  });

  it('while the kit loads leaves no commands for it', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ delay: '400' });
    element = page.campaign();
    const told = recordEvents(element);
    page.document.body.append(element);
    await next(element, 'qualifio-status-change');
    const script = page.document.querySelector('script[src*="/kit/"]')!;
    element.remove();
    await next(script, 'load');
    expect(page.document.querySelector('iframe')).to.equal(null);
    expect(told).to.deep.equal(['status-change loading']);
    page.close();
  });

  it('and insertion restart the campaign', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element);
    const { frame } = element;
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    element.remove();
    const told = recordEvents(element);
    const again = await stagePuppet(element);
    expect(element.frame).to.not.equal(frame);
    expect(told).to.deep.equal(['status-change loading', 'status-change ready', 'ready']);
    await again.say('isLoggedIn');
    expect(await again.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('and insertion elsewhere in the same task restart it once', async () => {
    element = campaign();
    await stagePuppet(element);
    const told = recordEvents(element);
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await element.load();
    elsewhere.after(element);
    elsewhere.remove();
    await element.load();
    expect(told.filter((event) => event === 'ready')).to.have.length(2);
    expect(divs()).to.have.length(1);
  });
});

describe('a change', () => {
  const changes: Record<string, () => string> = {
    'campaign-id': freshId,
    'channel-id': () => `00000000-0000-0000-0000-${freshId().padStart(12, '0')}`,
    host: () => `campaign.localhost:${stageHost.split(':')[1]}`,
  };
  for (const [attribute, value] of Object.entries(changes)) {
    it(`of ${attribute} restarts`, async () => {
      element = campaign();
      await stagePuppet(element);
      const { frame } = element;
      const wanted = value();
      element.setAttribute(attribute, wanted);
      await next(element, 'qualifio-ready');
      expect(frame?.isConnected).to.equal(false);
      expect(element.frame?.src).to.include(wanted);
      expect(divs()).to.have.length(1);
    });
  }

  it('of the pasted tag restarts', async () => {
    const { host, ...ids } = campaignAttributes({});
    const tag = (id: string): string =>
      `<div id="qualifio_insert_place_${id}"></div><script>_qual_async.push(['createIframe',
      'qualifio_insert_place_${id}','${host}','20','${ids['channel-id']}','100%','300','','','','']);</script>`;
    campaign();
    element = document.createElement('qualifio-campaign');
    const template = document.createElement('template');
    template.innerHTML = tag(freshId());
    element.append(template);
    await stagePuppet(element);
    const id = freshId();
    template.innerHTML = tag(id);
    await next(element, 'qualifio-ready');
    expect(divs()).to.deep.equal([`qualifio_insert_place_${id}`]);
    const other = freshId();
    const replacement = document.createElement('template');
    replacement.innerHTML = tag(other);
    template.replaceWith(replacement);
    await next(element, 'qualifio-ready');
    expect(divs()).to.deep.equal([`qualifio_insert_place_${other}`]);
  });

  it('of any other attribute keeps the frame and applies at the next use', async () => {
    element = campaign({ 'auth-endpoint': endpoint({ status: 401 }).url });
    const puppet = await stagePuppet(element);
    const { frame } = element;
    const jwt = await token();
    const changed = {
      'auth-endpoint': endpoint(giving(jwt)).url,
      'login-url': '/login',
      'frame-title': 'Quiz',
      width: '50%',
      height: '400',
      'pre-login': 'never',
      'token-timeout': '5000',
    };
    for (const [name, value] of Object.entries(changed)) element.setAttribute(name, value);
    await element.updateComplete;
    expect(element.frame).to.equal(frame);
    expect(frame?.title).to.equal('Quiz');
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });
});

describe('a campaign that is already on the page', () => {
  const duplicate = async (id: string): Promise<QualifioCampaign> => {
    const second = campaign({ 'campaign-id': id });
    const failed = next(second, 'qualifio-error');
    const warnings = await warningsDuring(async () => {
      document.body.append(second);
      await failed;
      await nextTask();
    });
    expect(second.error).to.include({ code: 'DUPLICATE_CAMPAIGN', phase: 'config' });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include(`<qualifio-campaign>: Campaign ${id} is already on this page. `);
    return second;
  };

  it('as an element causes DUPLICATE_CAMPAIGN for the second, and the first keeps running', async () => {
    const jwt = await token();
    element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element);
    const second = await duplicate(element.campaignId);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    element.remove();
    await second.reload();
    expect(new Puppet(second.frame!)).to.be.an('object');
    second.remove();
  });

  // @holds T13
  it('as a pasted tag causes DUPLICATE_CAMPAIGN', async () => {
    element = campaign();
    const div = document.createElement('div');
    div.id = `qualifio_insert_place_${element.getAttribute('campaign-id')}`;
    document.body.append(div);
    (await duplicate(element.getAttribute('campaign-id')!)).remove();
    expect(div.childElementCount).to.equal(0);
    div.remove();
  });
});
