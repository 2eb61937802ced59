import { expect } from '@open-wc/testing';
import { Idiomorph } from 'idiomorph';
import morphdomModule from 'morphdom';
import type { QualifioCampaign } from '../../src/index.js';
import { campaign, next, Puppet, recordEvents, stagePuppet, token } from '../support/stage.js';
import { closed, isShownIn, open, Place } from '../support/place.js';
import { eventually, nextTask } from '../support/watch.js';

// Its types describe a CommonJS module, which bundlers do not use.
const morphdom = morphdomModule as unknown as (from: Node, to: string) => Node;

// Libraries that update a page in place change it to match the server's HTML, which has neither the
// campaign's div nor its frame.
let main: HTMLElement;
let element: QualifioCampaign;
beforeEach(() => {
  main = document.createElement('main');
  main.innerHTML = '<p>0</p>';
  document.body.append(main);
});
afterEach(() => main.remove());

/** An article in the server's HTML, with the element, which contains `inside`. */
function article(made: QualifioCampaign, inside: string, count: number): string {
  const copy = document.createElement('template').content.ownerDocument.importNode(made, false);
  copy.innerHTML = inside;
  return `<main><p>${count}</p>${copy.outerHTML}</main>`;
}

const libraries: Record<string, (html: string) => void> = {
  idiomorph: (html) => void Idiomorph.morph(main, html),
  'idiomorph, inside': (html) =>
    void Idiomorph.morph(main, html.replace(/<\/?main>/g, ''), { morphStyle: 'innerHTML' }),
  morphdom: (html) => void morphdom(main, html),
  'assignment of its HTML': () => {
    // The way Solid empties a parent with changing children.
    element.textContent = '';
  },
  'removal of unknown children': () => {
    for (const child of element.querySelectorAll('[id]')) child.remove();
  },
};

const login = '<div slot="login"><p>Log in here</p></div>';
const children: Record<string, [before: string, after: string]> = {
  'an element without children': ['', ''],
  'a child that stays': [login, login],
  'a child that is added': ['', login],
  'a child that is removed': [login, ''],
  'a child that changes': [login, '<div slot="error" class="new"><p>Sorry</p></div>'],
};

for (const [library, morph] of Object.entries(libraries)) {
  describe(`an update of the page by ${library}`, () => {
    for (const [what, [before, after]] of Object.entries(children)) {
      it(`leaves the campaign playing, or starts it again quietly: ${what}`, async () => {
        element = campaign();
        element.innerHTML = before;
        element.tokenProvider = () => token();
        let puppet = await stagePuppet(element, main);
        const told = recordEvents(element);
        const { frame } = element;
        morph(article(element, after, 1));
        await nextTask();
        await element.load();
        expect(main.querySelector('qualifio-campaign')).to.equal(element);
        if (frame !== element.frame) puppet = new Puppet(element.frame!);
        await puppet.say('isLoggedIn');
        const [message] = await puppet.awaitMessages(1);
        expect(message).to.have.property('name', 'userInfo');
        expect(told.filter((event) => event.startsWith('error'))).to.deep.equal([]);
        if (morph.length > 0) {
          expect(main.querySelector('p')!.textContent).to.equal('1');
          expect(element.querySelector('[slot]:not([slot=campaign])')?.outerHTML ?? '').to.equal(
            after,
          );
        }
      });
    }
  });
}

describe('an element whose div is taken away', () => {
  const take = (): void => element.querySelector('[slot=campaign]')?.remove();

  it('before the kit has made the frame starts again too', async () => {
    element = campaign();
    main.append(element);
    await eventually(() => element.querySelector('[slot=campaign]'));
    take();
    await next(element, 'qualifio-ready');
    expect(element.frame?.isConnected).to.equal(true);
  });

  it('and replaced by a copy of it, as innerHTML += does, starts again too', async () => {
    element = campaign();
    await stagePuppet(element, main);
    const told = recordEvents(element);
    element.innerHTML += login;
    await nextTask();
    await element.load();
    expect(told.filter((event) => event.startsWith('error'))).to.deep.equal([]);
    expect(main.querySelectorAll('iframe')).to.have.length(1);
    expect([...element.childNodes].map((node) => (node as Element).outerHTML)).to.eql([login]);
  });

  for (const [what, empty] of Object.entries({
    'the element': () => element.replaceChildren(),
    'the host around it': (place: Place) =>
      (place.inside.getRootNode() as ShadowRoot).host.replaceChildren(),
    'the outermost host': (place: Place) => place.host.replaceChildren(),
  })) {
    it(`by what empties ${what}, in two shadow roots, is shown again`, async () => {
      const place = new Place(open, closed);
      element = campaign();
      await stagePuppet(element, place.inside);
      const ready = next(element, 'qualifio-ready');
      empty(place);
      await ready;
      expect(isShownIn(element, element.frame!)).to.equal(true);
      place.host.remove();
    });
  }

  it('and copied in the host of its shadow root starts again too, and no second element does', async () => {
    const place = new Place(open);
    element = campaign();
    await stagePuppet(element, place.inside);
    place.host.innerHTML += login;
    await nextTask();
    await element.load();
    expect(isShownIn(element, element.frame!)).to.equal(true);
    expect(place.host.querySelectorAll('iframe')).to.have.length(1);
    const other = campaign({ 'campaign-id': element.campaignId });
    main.append(other);
    await next(other, 'qualifio-error');
    expect(other.error).to.have.property('code', 'DUPLICATE_CAMPAIGN');
    expect([element.status, isShownIn(element, element.frame!)]).to.deep.equal(['ready', true]);
    place.host.remove();
  });

  it('while a token is on its way sends it to no frame that has not asked', async () => {
    element = campaign();
    const ways: ((jwt: string) => void)[] = [];
    element.tokenProvider = () => new Promise((resolve) => void ways.push(resolve));
    const asking = await stagePuppet(element, main);
    await asking.say('isLoggedIn');
    await eventually(() => ways.length);
    const ready = next(element, 'qualifio-ready');
    take();
    await ready;
    ways[0]!(await token());
    await nextTask();
    const puppet = new Puppet(element.frame!);
    expect(await puppet.received()).to.deep.equal([]);
    await puppet.say('isLoggedIn');
    await eventually(() => ways.length > 1);
    const jwt = await token();
    ways[1]!(jwt);
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('waits no second time with loading=manual', async () => {
    element = campaign({ loading: 'manual' });
    await stagePuppet(element, main);
    const ready = next(element, 'qualifio-ready');
    take();
    await ready;
  });

  it('always ends in FRAME_REMOVED, and reload() works when the updates end', async () => {
    element = campaign();
    const told = recordEvents(element);
    const taking = new MutationObserver(take);
    taking.observe(element, { childList: true });
    main.append(element);
    await next(element, 'qualifio-error');
    expect(element.error).to.include({ code: 'FRAME_REMOVED' });
    await nextTask();
    await nextTask();
    expect(told.filter((event) => event.startsWith('error'))).to.have.length(1);
    taking.disconnect();
    await element.reload();
    expect(element.status).to.equal('ready');
  });
});
