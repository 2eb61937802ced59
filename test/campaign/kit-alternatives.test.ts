import { expect } from '@open-wc/testing';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  freshId,
  giving,
  Puppet,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';

let page: OwnPage;
afterEach(() => page.close());

// `npm run test:alternatives` runs each of these with every combination of the kit's knobs.

// @holds F9, F10
it('three campaigns on one page do not interfere', async () => {
  page = await OwnPage.open();
  page.element.kitUrl = kitUrl();
  await expectOwnTokens();
});

describe('a page’s own callback for another campaign', () => {
  for (const order of ['before', 'after']) {
    // @holds F11
    it(`still runs when registered ${order} ours, if the kit calls every callback`, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = kitUrl({ registrations: 'all' });
      const own = await token();
      const frame = order === 'before' ? embedByHand(own) : null;
      const jwt = await token();
      const puppet = await stagePuppet(
        page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url }),
        page.document.body,
      );
      const byHand = new Puppet(await (frame ?? embedByHand(own)));
      await Promise.all([puppet.say('isLoggedIn'), byHand.say('isLoggedIn')]);
      await expectOnly(puppet, jwt);
      await expectOnly(byHand, own);
    });
  }
});

describe('a kit that another tag loads', () => {
  it('is used by later elements and not loaded again', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    await page.run(kitUrl());
    await expectOwnTokens();
    expect(kitScripts()).to.have.length(1);
  });

  it('can load after the element’s kit', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const jwt = await token();
    const puppet = await stagePuppet(
      page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url }),
      page.document.body,
    );
    await page.run(kitUrl({ other: 'tag' }));
    await puppet.say('isLoggedIn');
    await expectOnly(puppet, jwt);
    await expectOwnTokens();
  });

  it('can be loaded twice before the element', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    await page.run(kitUrl());
    await page.run(kitUrl({ other: 'tag' }));
    await expectOwnTokens();
    expect(kitScripts()).to.have.length(2);
  });

  it('can load twice after the element’s kit', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const jwt = await token();
    const puppet = await stagePuppet(
      page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url }),
      page.document.body,
    );
    await page.run(kitUrl({ other: 'tag' }));
    await page.run(kitUrl({ other: 'third' }));
    await puppet.say('isLoggedIn');
    await expectOnly(puppet, jwt);
  });
});

/** Three elements ask at the same time, then one alone; each frame gets only its own tokens. */
async function expectOwnTokens(): Promise<void> {
  const staged = await Promise.all(
    [1, 2, 3].map(async () => {
      const [first, second] = [await token(), await token()];
      const source = endpoint(giving(first), giving(second));
      const element = page.campaign({ 'auth-endpoint': source.url });
      const puppet = await stagePuppet(element, page.document.body);
      return { first, second, source, puppet };
    }),
  );
  await Promise.all(staged.map(({ puppet }) => puppet.say('isLoggedIn')));
  for (const { first, puppet } of staged) await expectOnly(puppet, first);
  const [again, ...others] = staged;
  await again!.puppet.say('isLoggedIn');
  await expectOnly(again!.puppet, again!.first, again!.second);
  for (const { first, source, puppet } of others) {
    await expectOnly(puppet, first);
    expect(await source.requests()).to.have.length(1);
  }
}

async function expectOnly(puppet: Puppet, ...tokens: string[]): Promise<void> {
  await puppet.awaitMessages(tokens.length);
  const expected = tokens.map((data) => ({ name: 'userInfo', data }));
  expect(await puppet.received()).to.deep.equal(expected);
}

/** A campaign embedded as the vendor documents it, without our element. */
function embedByHand(jwt: string): Promise<HTMLIFrameElement> {
  const { document, window } = page;
  const id = freshId();
  const div = document.createElement('div');
  div.id = `qualifio_insert_place_${id}`;
  document.body.append(div);
  window._qual_async ??= [];
  const answer = (data: unknown): void => {
    const { divId } = (typeof data === 'string' ? JSON.parse(data) : data) as { divId: string };
    if (divId === div.id) window._qual_async?.push(['sendChildMessage', divId, 'userInfo', jwt]);
  };
  window._qual_async.push(['registerChildMessageCallback', 'isLoggedIn', answer]);
  const guid = `00000000-0000-0000-0000-${id.padStart(12, '0')}`;
  const blanks = ['', '', ''];
  const command = ['createIframe', div.id, stageHost, '20', guid, '100%', '300', ...blanks, ''];
  const loaded = new Promise<HTMLIFrameElement>((resolve) => {
    const onLoad = ({ target }: Event): void => {
      if (target instanceof window.HTMLIFrameElement) resolve(target);
    };
    div.addEventListener('load', onLoad, true);
  });
  window._qual_async.push(command);
  return loaded;
}

function kitScripts(): HTMLScriptElement[] {
  return Array.from(page.document.scripts).filter(({ src }) => src.includes('/kit/'));
}
