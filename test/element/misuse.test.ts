import { expect } from '@open-wc/testing';
import { QualifioCampaign } from '../../src/index.js';
import { OwnPage } from '../support/own-page.js';
import { campaignAttributes, freshId } from '../support/stage.js';
import { tag } from '../support/pasted-tag.js';
import { nextTask, warningsDuring } from '../support/watch.js';

let area: HTMLElement;
beforeEach(() => document.body.append((area = document.createElement('div'))));
afterEach(() => area.remove());

/** Attributes that are right, of an element that does not start. */
function right(): string {
  const all = Object.entries(campaignAttributes({ loading: 'manual' }));
  return all.map(([name, value]) => `${name}="${value}"`).join(' ');
}

/** The warnings about `markup`, in which `*` stands for attributes that are right. */
async function warnings(markup: string): Promise<string[]> {
  return warningsDuring(async () => {
    area.innerHTML = markup.replace('*', right());
    await (area.firstElementChild as QualifioCampaign).updateComplete;
    await nextTask();
  });
}

const notShown = (what: string): RegExp =>
  new RegExp(
    `^<qualifio-campaign>: ${what} has no slot .* Close the element with </qualifio-campaign>\\.`,
  );
const noSlot = (name: string): RegExp =>
  new RegExp(`^<qualifio-campaign>: unknown slot ${name}; .*placeholder, login, error`);

describe('the console has a warning', () => {
  for (const [what, markup, message] of [
    [
      'siblings after a self-closed tag',
      '<qualifio-campaign * /><p>1</p><ul></ul>',
      notShown('<p>'),
    ],
    ['text after a self-closed tag', '<qualifio-campaign * /> Next ', notShown('Next')],
    ['a child without a slot', '<qualifio-campaign *><img></qualifio-campaign>', notShown('<img>')],
    ['an empty slot', '<qualifio-campaign *><b slot></b></qualifio-campaign>', notShown('<b>')],
    [
      'a pasted tag without <template>',
      '<qualifio-campaign *><div id="qualifio_insert_place_1"></div></qualifio-campaign>',
      notShown('<div>'),
    ],
    [
      'a form whose fields have the names of members',
      '<qualifio-campaign *><form><input name="getAttribute"><input name="nodeType"><input name="nodeValue"><input name="localName"></form></qualifio-campaign>',
      notShown('<form>'),
    ],
    [
      'unknown slots',
      '<qualifio-campaign *><p slot="loading"></p><p slot="x"></p></qualifio-campaign>',
      noSlot('loading'),
    ],
    [
      'a slot in other letters',
      '<qualifio-campaign *><p slot="Login"></p></qualifio-campaign>',
      noSlot('Login'),
    ],
  ] as const) {
    it(`about ${what}`, async () => {
      const found = await warnings(markup);
      expect(found).to.have.length(1);
      expect(found[0]).to.match(message);
    });
  }

  for (const [written, meant] of [
    ['campaignid', 'campaign-id'],
    ['campaignId', 'campaign-id'],
    ['campaign_id', 'campaign-id'],
    ['campagne-id', 'campaign-id'],
    ['campaing-id', 'campaign-id'],
    ['tokenCampaignId', 'token-campaign-id'],
    ['chanel-id', 'channel-id'],
    ['chanell-id', 'channel-id'],
    ['auth-endpont', 'auth-endpoint'],
    ['login_url', 'login-url'],
    ['login-uri', 'login-url'],
    ['hosts', 'host'],
    ['heigth', 'height'],
    ['widht', 'width'],
    ['laoding', 'loading'],
    ['frame-titel', 'frame-title'],
    ['frame-stile', 'frame-style'],
    ['prelogin', 'pre-login'],
    ['relays', 'relay'],
    ['token-time-out', 'token-timeout'],
    ['kit-timout', 'kit-timeout'],
  ] as const) {
    it(`that asks for ${meant} about ${written}`, async () => {
      const found = await warnings(`<qualifio-campaign * ${written}="1"></qualifio-campaign>`);
      expect(found).to.have.length(1);
      expect(found[0]).to.contain(
        `unknown attribute: ${written.toLowerCase()} (did you mean ${meant}?)`,
      );
    });
  }

  it('of each kind, however many mistakes there are', async () => {
    const found = await warnings(
      '<qualifio-campaign * chanelid="1" login_url="/"><p></p>text<b></b><p slot="x"></p><p slot="y"></p>',
    );
    expect(found).to.have.length(3);
    expect(found[2]).to.match(/chanelid \(.* channel-id\?\) login_url \(.* login-url\?\)/);
  });

  it('once, also for an element that is updated, removed and inserted again', async () => {
    const found = await warningsDuring(async () => {
      area.innerHTML = `<qualifio-campaign ${right()} login_url="/" /><p>`;
      const element = area.querySelector('qualifio-campaign')!;
      await element.updateComplete;
      element.height = '300';
      await element.updateComplete;
      element.remove();
      area.append(element);
      await element.updateComplete;
    });
    expect(found).to.have.length(2);
  });
});

describe('the console has no warning', () => {
  for (const [what, inside] of [
    ['nothing', ''],
    ['white space and comments', '\n  <!-- <p> -->\n'],
    ['a pasted tag', `\n<template>${tag(freshId())}</template>\n`],
    ['each slot', '<p slot="placeholder"></p><form slot="login"></form><p slot="error"></p>'],
    [
      'a form in a slot, whose fields have the names of properties',
      '<form slot="login"><input name="slot"><input name="localName"><input name="nodeType"></form>',
    ],
    ['a slot of a page’s component', '<slot name="login" slot="login"></slot>'],
    ['what is never shown', '<style></style><link><meta><script type="x"></script>'],
  ] as const) {
    it(`about ${what} in the element`, async () => {
      expect(await warnings(`<qualifio-campaign *>${inside}</qualifio-campaign>`)).to.deep.equal(
        [],
      );
    });
  }

  it('about a known attribute', async () => {
    const { observedAttributes } = QualifioCampaign;
    expect(observedAttributes).to.include('kit-timeout');
    const others = observedAttributes.filter((name) => !right().includes(`${name}="`));
    const words: Record<string, string> = { 'pre-login': 'auto', 'login-target': 'window' };
    const values = others.map((name) => `${name}="${words[name] ?? 100}"`);
    expect(
      await warnings(`<qualifio-campaign * ${values.join(' ')}></qualifio-campaign>`),
    ).to.deep.equal([]);
  });

  for (const [whose, names] of [
    [
      'HTML',
      'accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title translate writingsuggestions aria-label aria-hidden about property prefix typeof resource datatype vocab',
    ],
    ['event handlers', 'onclick onload onloading onwidth'],
    [
      'frameworks',
      'key ref v-width v-host :host #host @width x-host x-width q:host q-relay hx-relay hx-get up-relay ng-host ng-width ng-reflect-campaign-id _ngcontent-ng-c12 _nghost-ng-c12 wire:id wire:loading [host] (width) data-host data-width data-campaign-id data-v-7ba5bd90 data-astro-cid-x data-turbo-permanent hydrated defer-hydration',
    ],
    ['others', 'kind theme light right layout heading house url src pre post cost'],
  ] as const) {
    it(`about attributes of ${whose}`, async () => {
      const all = names.replace('id ', 'id="x" ').replace('is ', '');
      expect(await warnings(`<qualifio-campaign * ${all}></qualifio-campaign>`)).to.deep.equal([]);
    });
  }

  it('about an attribute that a subclass adds', async () => {
    class Other extends QualifioCampaign {
      static override properties = { ...QualifioCampaign.properties, hosts: {} };
    }
    customElements.define('other-campaign', Other);
    expect(await warnings('<other-campaign * hosts="a"></other-campaign>')).to.deep.equal([]);
  });
});

describe('while the document is being parsed', () => {
  let page: OwnPage;
  afterEach(() => page.close());

  it('the element waits for children that are still to come', async () => {
    page = await OwnPage.open(`
      <script>
        told = [];
        console.warn = (text) => told.push(text);
      </script>
      <script src="/dist/qualifio-campaign.min.js"></script>
      <qualifio-campaign ${right()}>
        text
        <script src="/holds-the-parser.js"></script>
        <script>told.push('more')</script>
        <b slot="header"></b>
      </qualifio-campaign>`);
    const { told } = page.window as unknown as { told: string[] };
    expect(told).to.have.length(3);
    expect(told[0]).to.equal('more');
    expect(told[1]).to.match(noSlot('header'));
    expect(told[2]).to.match(notShown('text'));
  });
});
