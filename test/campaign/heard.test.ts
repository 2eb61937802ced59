import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { campaign, next, Puppet, stagePuppet } from '../support/stage.js';
import { eventually } from '../support/watch.js';

describe('heard', () => {
  let element: QualifioCampaign;
  let puppet: Puppet;
  beforeEach(async () => {
    element = campaign();
    puppet = await stagePuppet(element);
  });
  afterEach(() => element.remove());

  it('is false when the frame has only loaded', () => {
    expect(element).to.include({ status: 'ready', heard: false });
  });

  it('is true after any message from the campaign’s origin', async () => {
    await puppet.chat('step 1');
    await eventually(() => element.heard);
    await puppet.say('requestParticipantAction');
    expect(element.heard).to.equal(true);
  });

  it('stays false if another frame of the page sends messages', async () => {
    const other = document.createElement('iframe');
    document.body.append(other);
    const heard = next(window, 'message');
    other.contentWindow!.parent.postMessage('hello', '*');
    await heard;
    expect(element.heard).to.equal(false);
    other.remove();
  });

  it('is false again for a new frame, and without one', async () => {
    await puppet.say('requestParticipantAction');
    await element.reload();
    expect(element.heard).to.equal(false);
    element.remove();
    expect(element.heard).to.equal(false);
  });
});

it('a host that does not exist never counts as heard, in any status', async () => {
  const element = campaign({ host: 'jeux.publisher.invalid', 'kit-timeout': '1000' });
  document.body.append(element);
  await element.load().catch(() => undefined);
  expect(element.heard).to.equal(false);
  element.remove();
});
