import { expect } from '@open-wc/testing';
import { QualifioCampaign } from '../src/index.js';
import { kitUrl, OwnPage } from './support/own-page.js';
import {
  campaign,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
} from './support/stage.js';
import { nextTask, warningsDuring } from './support/watch.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

/** An element whose kit calls back inside the `message` event: only then is there a sender to check. */
function checkedCampaign(attributes: Record<string, string>): QualifioCampaign {
  const made = campaign(attributes);
  QualifioCampaign.kitUrl = kitUrl({ callbacks: 'sync' });
  return made;
}

/** The campaign’s message, as the simulator’s kit reads it. */
function isLoggedIn(): object {
  const divId = `qualifio_insert_place_${element.campaignId}`;
  return { 'qualifio-simulator': 1, name: 'isLoggedIn', data: { divId } };
}

/** Waits until the page has handled a message that was posted to it. */
async function handled(page: Window, ...post: (() => void)[]): Promise<void> {
  for (const send of post) {
    const arrived = next(page, 'message');
    send();
    await arrived;
  }
  await nextTask();
}

/** A page’s other frame, as an advertisement would be. */
async function siblingFrame(url: string): Promise<HTMLIFrameElement> {
  const sibling = document.createElement('iframe');
  sibling.src = url;
  const loaded = next(sibling, 'load');
  document.body.append(sibling);
  await loaded;
  return sibling;
}

function puppetUrl(host: string): string {
  const divId = `qualifio_insert_place_${element.campaignId}`;
  return `http://${host}/20/00000000-0000-0000-0000-000000000000/v1.cfm?divId=${divId}`;
}

const otherHost = `elsewhere.localhost:${stageHost.split(':')[1]}`;

describe('a message with a campaign’s div id', () => {
  it('from another frame of the campaign’s own host is ignored', async () => {
    const source = endpoint(giving(await token()));
    element = checkedCampaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    const told = recordEvents(element);
    const sibling = await siblingFrame(puppetUrl(stageHost));
    const impostor = new Puppet(sibling);
    for (const name of ['isLoggedIn', 'requestParticipantAction', 'error']) {
      await impostor.say(name, { code: 'UNKNOWN' });
    }
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(await puppet.received()).to.deep.equal([]);
    expect(await impostor.received()).to.deep.equal([]);
    expect(await source.requests()).to.deep.equal([]);
    sibling.remove();
  });

  it('from the page itself is ignored', async () => {
    const source = endpoint(giving(await token()));
    element = checkedCampaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    const told = recordEvents(element);
    await handled(window, () => window.postMessage(isLoggedIn(), '*'));
    expect(told).to.deep.equal([]);
    expect(await puppet.received()).to.deep.equal([]);
    expect(await source.requests()).to.deep.equal([]);
  });

  it('from our frame, led to another origin, is ignored, with one warning that names both hosts', async () => {
    const source = endpoint(giving(await token()));
    element = checkedCampaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element);
    const loaded = next(element.frame!, 'load');
    puppet.leave({ action: 'go', url: puppetUrl(otherHost) });
    await loaded;
    const stranger = new Puppet(element.frame!);
    const told = recordEvents(element);
    const warnings = await warningsDuring(async () => {
      await stranger.say('isLoggedIn', {}, 3);
      await nextTask();
    });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include(stageHost);
    expect(warnings[0]).to.include(otherHost);
    expect(warnings[0]).to.include('allowedHosts');
    expect(told).to.deep.equal([]);
    expect(await stranger.received()).to.deep.equal([]);
    expect(await source.requests()).to.deep.equal([]);
  });

  it('from our frame, redirected to a host that the page allows, is served', async () => {
    const jwt = await token();
    // The kit sends to the origin in the frame’s src, which a redirect does not change.
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ callbacks: 'sync', target: 'any' });
    page.element.allowedHosts = [stageHost, otherHost];
    element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element, page.document.body);
    const loaded = next(element.frame!, 'load');
    puppet.leave({ action: 'go', url: puppetUrl(otherHost) });
    await loaded;
    const redirected = new Puppet(element.frame!);
    await redirected.say('isLoggedIn');
    expect(await redirected.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    page.close();
  });

  it('is served where the kit calls later, since nothing is left to check then', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ callbacks: 'async' });
    const jwt = await token();
    element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element, page.document.body);
    const told = recordEvents(element);
    await handled(page.window, () => page.window.postMessage(isLoggedIn(), '*'));
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    await nextTask();
    expect(told).to.include('token-sent');
    page.close();
  });
});
