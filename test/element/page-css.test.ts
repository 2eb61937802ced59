import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { paste, tag } from '../support/pasted-tag.js';
import { campaign, freshId, next, stagePuppet } from '../support/stage.js';
import { eventually, nextTask } from '../support/watch.js';

let element: QualifioCampaign;
let styles: HTMLElement[] = [];

function addRules(css: string): void {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  styles.push(style);
}

afterEach(() => {
  element.remove();
  for (const style of styles) style.remove();
  styles = [];
});

const box = (target: Element): { width: number; height: number } => {
  const { width, height } = target.getBoundingClientRect();
  return { width, height };
};

describe('rules of a page for all frames and boxes', () => {
  for (const css of [
    // WordPress themes, Twenty Nineteen and others.
    'embed, iframe, object { max-width: 100%; height: auto }',
    '.entry-content iframe { max-width: 100% !important; height: auto !important }',
    'img, video, iframe { max-width: 100%; height: auto }',
    // Tailwind's Preflight.
    `*, ::after, ::before { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid }
     img, svg, video, canvas, audio, iframe, embed, object { display: block; vertical-align: middle }`,
    // Reset CSS.
    `html, body, div, span, iframe { margin: 0; padding: 0; border: 0; font-size: 100%; font: inherit;
      vertical-align: baseline } body { line-height: 1 }`,
    // Responsive video.
    'iframe { aspect-ratio: 16 / 9; width: 100%; height: auto }',
    'iframe { aspect-ratio: 16 / 9; height: auto !important }',
    'iframe { max-height: 500px }',
    'iframe { max-height: 50vh !important }',
    'iframe { min-height: 100vh; min-height: 3000px }',
    'iframe { border: 5px solid red }',
    'iframe { border-top: 5px solid red !important }',
    'iframe { padding: 10px }',
    '* { box-sizing: border-box; padding: 10px; border: 3px solid }',
    'iframe { vertical-align: baseline !important }',
    'div { line-height: 1.5 }',
    'body { line-height: 3 } div { line-height: inherit; font-size: 40px }',
    '* { line-height: 2 !important }',
    'qualifio-campaign iframe { height: auto }',
    '#article iframe { width: auto; height: auto }',
    'iframe[height] { height: 10px }',
    '.qualifio_iframe_tag { height: 10px !important; width: 10px !important }',
    'iframe { block-size: 10px !important; inline-size: 10px !important }',
  ]) {
    it(`do not change the frame’s size: ${css.replace(/\s+/g, ' ')}`, async () => {
      const article = document.createElement('div');
      article.id = 'article';
      article.className = 'entry-content';
      article.style.cssText = 'width: 700px; padding: 0 !important; border: 0 !important';
      document.body.append(article);
      styles.push(article);
      element = campaign();
      element.style.cssText = 'padding: 0 !important; border: 0 !important';
      await stagePuppet(element, article);
      const { frame } = element;
      frame!.parentElement!.style.cssText = 'padding: 0 !important; border: 0 !important';
      expect(box(frame!), 'without').to.deep.equal({ width: 700, height: 1200 });
      addRules(css);
      expect(box(frame!), 'with').to.deep.equal({ width: 700, height: 1200 });
      expect(frame!.clientHeight).to.equal(1200);
      expect(box(element).height).to.equal(1200);
    });
  }

  it('do not change the frame’s size in pixels', async () => {
    addRules('iframe { width: auto; height: auto }');
    element = campaign({ width: '400', height: '350px' });
    await stagePuppet(element);
    expect(box(element.frame!)).to.deep.equal({ width: 400, height: 350 });
  });

  it('do not override the frame’s own style', async () => {
    addRules('iframe { width: auto; height: auto }');
    element = campaign({
      'frame-style': 'height: 300px; border-top: 7px solid; padding-left: 3px',
    });
    await stagePuppet(element);
    expect(box(element.frame!).height).to.equal(307);
    expect(getComputedStyle(element.frame!)).to.include({
      borderTopWidth: '7px',
      paddingLeft: '3px',
    });
  });

  it('do not prevent a kit from resizing the frame with an attribute or style', async () => {
    addRules('iframe { height: auto }');
    element = campaign();
    await stagePuppet(element);
    const { frame } = element;
    frame!.setAttribute('height', '900');
    await nextTask();
    expect(box(frame!).height).to.equal(900);
    frame!.height = '800';
    await nextTask();
    expect(box(frame!).height).to.equal(800);
    frame!.style.height = '700px';
    await nextTask();
    expect(box(frame!).height).to.equal(700);
    expect(box(element).height).to.equal(700);
  });

  it('can hide the frame', async () => {
    addRules('iframe { display: none } ');
    element = campaign();
    await stagePuppet(element);
    expect(element.frame!.checkVisibility()).to.equal(false);
  });
});

describe('text of the page in a slot', () => {
  /** Brings an element to the state that shows each slot. */
  const ways: Record<string, () => Promise<void>> = {
    placeholder: () => Promise.resolve(element.setAttribute('loading', 'manual')),
    login: async () => {
      element.tokenProvider = () => Promise.resolve(null);
      await (await stagePuppet(element)).say('isLoggedIn');
    },
    error: () => Promise.resolve(element.removeAttribute('host')),
  };
  for (const [name, reach] of Object.entries(ways)) {
    it(`${name}: has the page’s line height, also in a div`, async () => {
      element = campaign();
      const text = document.createElement('div');
      text.slot = name;
      text.innerHTML = '<p style="margin: 0; font: 20px/30px serif">One line</p>Another';
      text.style.cssText = 'font-size: 20px';
      element.append(text);
      document.body.append(element);
      await reach();
      await eventually(() => text.checkVisibility());
      expect(box(text).height).to.be.greaterThan(48);
    });
  }
});

describe('the height of a pasted tag is reserved before there is a frame', () => {
  for (const loading of ['manual', 'lazy']) {
    it(`with loading="${loading}"`, async () => {
      element = campaign({ loading });
      for (const name of ['campaign-id', 'channel-id', 'host']) element.removeAttribute(name);
      paste(element, tag(freshId(), { height: '480' }));
      element.style.marginTop = '9000px';
      document.body.append(element);
      await element.updateComplete;
      await eventually(() => box(element).height === 480);
      expect(element.status).to.equal('idle');
      const ready = next(element, 'qualifio-ready');
      void element.load();
      await ready;
      expect(box(element).height).to.equal(480);
    });
  }
});
