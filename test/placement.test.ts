import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../src/index.js';
import { campaign, endpoint, giving, next, stagePuppet, token } from './support/stage.js';

let element: QualifioCampaign;
let host: HTMLElement;
/** What stood in the document, and in each shadow root, before the element came. */
let before: string[];
let roots: ShadowRoot[];

/** A host with one shadow root, or two within each other. */
function nest(...inits: ShadowRootInit[]): ShadowRoot {
  host = document.createElement('section');
  document.body.append(host);
  roots = [];
  let parent = host;
  for (const init of inits) {
    const root = parent.attachShadow(init);
    root.innerHTML = '<p>Above</p><div></div><slot>own content</slot>';
    roots.push(root);
    parent = root.querySelector('div')!;
  }
  before = snapshot();
  return roots.at(-1)!;
}

function snapshot(): string[] {
  return [document.body.innerHTML, ...roots.map((root) => root.innerHTML)];
}

function expectFrameInside(): void {
  const frame = element.frame!;
  expect(frame.getRootNode()).to.equal(document);
  const box = element.getBoundingClientRect();
  const inner = frame.getBoundingClientRect();
  expect(inner.width).to.be.greaterThan(100);
  expect(inner.top).to.be.at.least(box.top);
  expect(inner.bottom).to.be.at.most(box.bottom);
  expect(inner.left).to.be.at.least(box.left);
  expect(frame.checkVisibility()).to.equal(true);
}

const open: ShadowRootInit = { mode: 'open' };
const closed: ShadowRootInit = { mode: 'closed' };
const manual: ShadowRootInit = { mode: 'open', slotAssignment: 'manual' };
const places: Record<string, ShadowRootInit[]> = {
  'the document itself': [],
  'an open shadow root': [open],
  'a closed shadow root': [closed],
  'an open root in an open one': [open, open],
  'a closed root in a closed one': [closed, closed],
  'an open root in a closed one': [closed, open],
  'a root with manual slot assignment': [manual],
  'a root with manual assignment in one with named slots': [open, manual],
  'a root with named slots in one with manual assignment': [manual, open],
  'manual assignment two deep': [manual, manual],
};

describe('in', () => {
  for (const [place, inits] of Object.entries(places)) {
    it(`${place}, the campaign runs, shows where the element stands, and leaves nothing behind`, async () => {
      const root = nest(...inits);
      const jwt = await token();
      element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      const puppet = await stagePuppet(element, root?.querySelector('div') ?? root ?? host);
      expectFrameInside();
      const div = element.frame!.parentElement!;
      expect(div.id).to.equal(`qualifio_insert_place_${element.campaignId}`);
      expect(div.className).to.equal('qualifio_iframe_wrapper');
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      element.remove();
      expect(snapshot()).to.deep.equal(before);
      host.remove();
    });
  }
});

it('two elements in one shadow root show each its own campaign', async () => {
  const root = nest(open);
  const elements = [campaign({ height: '200' }), campaign({ height: '300' })];
  root.append(...elements);
  await Promise.all(elements.map((each) => each.load()));
  for (element of elements) expectFrameInside();
  for (const each of elements) each.remove();
  expect(snapshot()).to.deep.equal(before);
  host.remove();
});

it('the host’s own content stays where it was', async () => {
  const root = nest(open);
  const light = document.createElement('em');
  light.textContent = 'light content';
  host.append(light);
  element = campaign();
  await stagePuppet(element, root);
  expect(light.assignedSlot).to.equal(root.querySelector('slot'));
  element.remove();
  host.remove();
});

it('an element that goes with its host’s removal takes its div along', async () => {
  const root = nest(closed, open);
  element = campaign();
  await stagePuppet(element, root);
  host.remove();
  expect(host.childElementCount).to.equal(0);
  const ready = next(element, 'qualifio-ready');
  document.body.append(host);
  await ready;
  expectFrameInside();
  element.remove();
  host.remove();
});
