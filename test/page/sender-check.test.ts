import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';
import { nextTask } from '../support/watch.js';

let page: OwnPage;
let element: QualifioCampaign;
afterEach(() => page.close());

/**
 * Stages an element on a page whose kit calls back inside the `message` event, unless `knobs`
 * change this.
 */
async function stage(
  attributes: Record<string, string>,
  knobs: Record<string, string> = { callbacks: 'sync' },
  allowedHosts: string[] | null = null,
): Promise<Puppet> {
  page = await OwnPage.open();
  page.element.kitUrl = kitUrl(knobs);
  page.element.allowedHosts = allowedHosts;
  element = page.campaign(attributes);
  return stagePuppet(element, page.document.body);
}

/** Sends the campaign’s message from the page itself, and waits until it is handled. */
async function sayItOneself(): Promise<void> {
  const divId = `qualifio_insert_place_${element.campaignId}`;
  const arrived = next(page.window, 'message');
  page.window.postMessage({ 'qualifio-simulator': 1, name: 'isLoggedIn', data: { divId } }, '*');
  await arrived;
  await nextTask();
}

/** Makes the campaign’s frame navigate to another host. */
async function redirect(puppet: Puppet): Promise<Puppet> {
  const loaded = next(element.frame!, 'load');
  puppet.leave({ action: 'go', url: puppetUrl(otherHost) });
  await loaded;
  return new Puppet(element.frame!);
}

function puppetUrl(host: string): string {
  const divId = `qualifio_insert_place_${element.campaignId}`;
  return `http://${host}/20/00000000-0000-0000-0000-000000000000/v1.cfm?divId=${divId}`;
}

const otherHost = `elsewhere.localhost:${stageHost.split(':')[1]}`;

describe('a message with a campaign’s div id', () => {
  it('from our frame, redirected to an allowed host, is accepted', async () => {
    const jwt = await token();
    // The kit sends to the origin in the frame’s src, which a redirect does not change.
    const puppet = await stage(
      { 'auth-endpoint': endpoint(giving(jwt)).url },
      { callbacks: 'sync', target: 'any' },
      [stageHost, otherHost],
    );
    const redirected = await redirect(puppet);
    await redirected.say('isLoggedIn');
    expect(await redirected.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  for (const callbacks of ['sync', 'async']) {
    it(`from our frame, redirected to such a host, gets no token that is for another host (${callbacks})`, async () => {
      const hosts = [stageHost];
      const puppet = await stage(
        { 'auth-endpoint': endpoint(giving(await token(), { hosts })).url },
        { callbacks, target: 'any' },
        [stageHost, otherHost],
      );
      const redirected = await redirect(puppet);
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      await redirected.say('isLoggedIn');
      expect((await failed).error).to.include({ code: 'HOST_NOT_ALLOWED', phase: 'config' });
      expect((await failed).error.message).to.include(otherHost);
      expect(await redirected.received()).to.deep.equal([]);
    });
  }

  it('is accepted if the kit calls back later, because the sender cannot be checked then', async () => {
    const jwt = await token();
    const source = endpoint(giving(jwt));
    const puppet = await stage({ 'auth-endpoint': source.url }, { callbacks: 'async' });
    const told = recordEvents(element);
    await sayItOneself();
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    await nextTask();
    expect(told).to.include('token-sent');
  });
});
