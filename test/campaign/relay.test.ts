import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioMessageEvent } from '../../src/index.js';
import { failure } from '../support/failure.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { campaign, endpoint, giving, stagePuppet, token, type Puppet } from '../support/stage.js';
import { nextTask } from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
let heard: QualifioMessageEvent[];
afterEach(() => element.remove());

async function stage(attributes: Record<string, string>): Promise<void> {
  element = campaign(attributes);
  await noteMessages();
}

/** Stages the element in `parent`, and records its relayed messages. */
async function noteMessages(parent: Node = document.body): Promise<void> {
  const messages: QualifioMessageEvent[] = (heard = []);
  element.addEventListener('qualifio-message', (event) => messages.push(event));
  puppet = await stagePuppet(element, parent);
}

describe('relay', () => {
  it('dispatches an event with the data of each message that it names', async () => {
    await stage({ relay: ' step\n finish ' });
    await puppet.say('step', { step: 'questions', nested: { list: [1, null] } });
    await puppet.say('finish');
    expect(heard.map(({ name }) => name)).to.deep.equal(['step', 'finish']);
    const [{ type, bubbles, composed, cancelable, campaignId, data }] = heard as [
      QualifioMessageEvent,
    ];
    expect({ type, bubbles, composed, cancelable, campaignId }).to.deep.equal({
      ...{ type: 'qualifio-message', bubbles: true, composed: true, cancelable: false },
      campaignId: element.campaignId,
    });
    expect(data).to.deep.include({ step: 'questions', nested: { list: [1, null] } });
  });

  it('ignores messages with other names', async () => {
    await stage({ relay: 'step' });
    for (const name of ['steps', 'Step', '__proto__', 'toString']) await puppet.say(name);
    expect(heard).to.deep.equal([]);
  });

  it('does not affect the exchange', async () => {
    const jwt = await token();
    await stage({ relay: 'step', 'auth-endpoint': endpoint(giving(jwt)).url });
    await puppet.say('step');
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(element.status).to.equal('token-sent');
  });

  it('can change while the campaign runs', async () => {
    await stage({});
    await puppet.say('step');
    element.relay = 'step';
    await element.updateComplete;
    await puppet.say('step');
    element.relay = 'finish';
    await element.updateComplete;
    await puppet.say('step');
    await puppet.say('finish');
    expect(heard.map(({ name }) => name)).to.deep.equal(['step', 'finish']);
  });

  it('dispatches each message of two campaigns once, on the right element', async () => {
    await stage({ relay: 'step' });
    const first = [element, puppet, heard] as const;
    await stage({ relay: 'step finish' });
    await puppet.say('step', { of: 'second' });
    await first[1].say('step', { of: 'first' });
    await first[1].say('finish');
    expect(heard.map(({ data }) => (data as { of: string }).of)).to.deep.equal(['second']);
    expect(first[2].map(({ data }) => (data as { of: string }).of)).to.deep.equal(['first']);
    first[0].remove();
  });

  it('ignores other senders, with a kit that calls back inside the event', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ callbacks: 'sync' });
    element = page.campaign({ relay: 'step' });
    await noteMessages(page.document.body);
    const divId = element.querySelector('div')!.id;
    const message = { 'qualifio-simulator': 1, name: 'step', data: { divId } };
    page.window.postMessage(message, '*');
    await puppet.say('step', { from: 'campaign' });
    expect(heard).to.have.length(1);
    expect(heard[0]!.data).to.deep.include({ from: 'campaign' });
    page.close();
  });

  it('ends when the campaign ends', async () => {
    await stage({ relay: 'step' });
    const frame = element.frame!;
    await puppet.say('step');
    element.remove();
    expect(frame.isConnected).to.equal(false);
    element.relay = 'finish';
    document.body.append(element);
    await element.load();
    await nextTask();
    expect(heard).to.have.length(1);
  });

  it('works with every kind of kit', async () => {
    for (const knobs of [
      { payload: 'json' },
      { callbacks: 'async' },
      { queue: 'replace' },
      { registrations: 'last' },
      { registrations: 'first' },
    ] as Record<string, string>[]) {
      const page = await OwnPage.open();
      page.element.kitUrl = kitUrl(knobs);
      element = page.campaign({ relay: 'step' });
      const message = new Promise<QualifioMessageEvent>((resolve) =>
        element.addEventListener('qualifio-message', resolve),
      );
      puppet = await stagePuppet(element, page.document.body);
      await puppet.say('step', { step: 'exit' });
      expect((await message).data).to.deep.include({ step: 'exit' });
      page.close();
    }
  });

  for (const name of ['isLoggedIn', 'error', 'requestParticipantAction']) {
    it(`refuses ${name}, which the element answers itself`, async () => {
      const error = await failure((element = campaign({ relay: `step ${name}` })));
      expect(error).to.include({ code: 'CONFIG_INVALID', phase: 'config' });
      expect(error.message).to.include('relay').and.include(`"${name}"`);
    });
  }
});
