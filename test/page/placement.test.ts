import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { closed, isShownIn, manual, open, Place } from '../support/place.js';
import { campaign, endpoint, giving, next, stagePuppet, token } from '../support/stage.js';

let element: QualifioCampaign;
let place: Place;
afterEach(() => place.host.remove());

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
  'five roots, open and closed': [open, closed, closed, open, closed],
};

describe('in', () => {
  for (const [what, inits] of Object.entries(places)) {
    it(`${what}, the campaign runs, is shown in its place, and leaves nothing behind`, async () => {
      place = new Place(...inits);
      const jwt = await token();
      element = campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      const puppet = await stagePuppet(element, place.inside);
      expect(isShownIn(element, element.frame!)).to.equal(true);
      const div = element.frame!.parentElement!;
      expect(div.id).to.equal(`qualifio_insert_place_${element.campaignId}`);
      expect(div.className).to.equal('qualifio_iframe_wrapper');
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      element.remove();
      expect(place.isUntouched).to.equal(true);
    });
  }
});

it('two elements in one shadow root each show their own campaign', async () => {
  place = new Place(open);
  const elements = [campaign({ height: '200' }), campaign({ height: '300' })];
  place.root.append(...elements);
  await Promise.all(elements.map((each) => each.load()));
  for (const each of elements) expect(isShownIn(each, each.frame!)).to.equal(true);
  for (const each of elements) each.remove();
  expect(place.isUntouched).to.equal(true);
});

it('the host’s own content does not move', async () => {
  place = new Place(open);
  const light = document.createElement('em');
  light.textContent = 'light content';
  place.host.append(light);
  element = campaign();
  await stagePuppet(element, place.root);
  expect(light.assignedSlot).to.equal(place.root.querySelector('slot'));
});

it('removing an element’s host also removes its div', async () => {
  place = new Place(closed, open);
  element = campaign();
  await stagePuppet(element, place.root);
  place.host.remove();
  expect(place.host.childElementCount).to.equal(0);
  const ready = next(element, 'qualifio-ready');
  document.body.append(place.host);
  await ready;
  expect(isShownIn(element, element.frame!)).to.equal(true);
});

it('the element’s children are those of the page: scripts that clear or count them leave the campaign', async () => {
  place = new Place();
  element = campaign();
  const child = document.createElement('p');
  child.textContent = 'A quiz';
  element.append(child);
  await stagePuppet(element, place.inside);
  const children = (): unknown => [
    [...element.childNodes],
    element.childNodes.item(0),
    [...element.children],
    [element.firstChild, element.lastChild],
    [element.firstElementChild, element.lastElementChild],
    element.childElementCount,
    element.textContent,
  ];
  const shown = [[child], child, [child], [child, child], [child, child], 1, 'A quiz'];
  expect(children()).to.deep.equal(shown);
  element.textContent = 'No quiz';
  const [text] = element.childNodes;
  const cleared = [[text], text, [], [text, text], [null, null], 0, 'No quiz'];
  expect(children()).to.deep.equal(cleared);
  element.textContent = '';
  expect([element.firstChild, element.lastChild, element.childNodes.length]).to.deep.equal([
    null,
    null,
    0,
  ]);
  expect([element.frame!.isConnected, element.status]).to.deep.equal([true, 'ready']);
  element.remove();
  element.replaceChildren(child);
  expect(children()).to.deep.equal(shown);
  expect(Object.hasOwn(element, 'firstChild')).to.equal(false);
});

describe('while a campaign plays, the element’s children', () => {
  const emptying: Record<string, () => void> = {
    'while (hasChildNodes()) removeChild(lastChild)': () => {
      while (element.hasChildNodes()) element.removeChild(element.lastChild!);
    },
    'a kept list of nodes': () => {
      const { childNodes } = element;
      while (childNodes.length) element.removeChild(childNodes[0]!);
    },
    'a kept list of elements': () => {
      const { children } = element;
      for (let index = children.length - 1; index >= 0; index--) children.item(index)!.remove();
      expect(children).to.have.length(0);
    },
  };
  for (const [loop, empty] of Object.entries(emptying)) {
    it(`can be removed in a loop: ${loop}`, async () => {
      place = new Place();
      element = campaign();
      element.innerHTML = '<p>One</p><p>Two</p>';
      await stagePuppet(element, place.inside);
      empty();
      expect(element.hasChildNodes()).to.equal(false);
      expect([element.frame!.isConnected, element.status]).to.deep.equal([true, 'ready']);
    });
  }

  it('are in lists of the usual types, and the same list each time', async () => {
    place = new Place();
    element = campaign();
    await stagePuppet(element, place.inside);
    const { childNodes, children } = element;
    expect(childNodes).to.be.an.instanceOf(NodeList).and.equal(element.childNodes);
    expect(children).to.be.an.instanceOf(HTMLCollection).and.equal(element.children);
  });

  for (const value of [0, false, '', null, undefined, 'text', { toString: () => 'object' }]) {
    it(`treat ${String(value)} (${typeof value}) as text, like those of other elements`, async () => {
      place = new Place();
      element = campaign();
      await stagePuppet(element, place.inside);
      const usual = document.createElement('p');
      for (const each of [usual, element]) Object.assign(each, { textContent: value });
      expect(element.textContent).to.equal(usual.textContent);
      expect(element.childNodes).to.have.length(usual.childNodes.length);
    });
  }

  it('can be a form whose fields have the names of properties', async () => {
    place = new Place();
    element = campaign();
    const fields = ['remove', 'nodeType', 'textContent'].map((name) => `<input name="${name}">`);
    element.innerHTML = `<form slot="login">Log in${fields.join('')}</form>`;
    await stagePuppet(element, place.inside);
    expect(element.textContent).to.equal('Log in');
    element.textContent = '';
    expect(element.childNodes).to.have.length(0);
  });

  it('are in the right order after prepend()', async () => {
    place = new Place();
    element = campaign();
    element.innerHTML = '<p>3</p>';
    await stagePuppet(element, place.inside);
    const paragraph = (text: string): Element =>
      Object.assign(document.createElement('p'), { textContent: text });
    const [first, second] = [paragraph('1'), paragraph('2')];
    element.prepend(first);
    first.after(second);
    expect(element.textContent).to.equal('123');
    expect(element.firstChild).to.equal(first);
    first.nextSibling!.remove();
    expect(element.textContent).to.equal('13');
    expect([element.frame!.isConnected, element.status]).to.deep.equal([true, 'ready']);
    element.remove();
    expect([...element.childNodes].map((node) => node.textContent)).to.deep.equal(['1', '3']);
  });

  it('have no text in comments', async () => {
    place = new Place();
    element = campaign();
    element.innerHTML = '<!-- a framework’s mark --><p>A<!-- b --></p>C<?d e?>';
    await stagePuppet(element, place.inside);
    expect(element.textContent).to.equal('AC');
  });
});
