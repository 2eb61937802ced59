import { expect } from '@open-wc/testing';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  divIdOf,
  insert,
  puppetOfTag,
  runningTag as tag,
  signInLine as line,
  signInOf,
} from '../support/sign-in-page.js';
import { endpoint, freshId, giving, stageHost, token } from '../support/stage.js';
import { eventually, nextTask, warningsDuring } from '../support/watch.js';

let page: OwnPage;
afterEach(() => page.close());

const divOf = (id: string): HTMLElement => page.document.getElementById(divIdOf(id))!;
const emptyDiv = (id: string): string => `<div id="${divIdOf(id)}"></div>`;
const guidOf = (id: string): string => `00000000-0000-0000-0000-${id.padStart(12, '0')}`;

/** Has the kit make the frame, as the script of a tag does. */
function makeFrame(id: string): void {
  const blanks = ['', '', '', ''];
  const command = ['createIframe', divIdOf(id), stageHost, '20', guidOf(id), '100%', '400'];
  (page.window._qual_async ??= []).push([...command, ...blanks]);
}

/** What a page does, after the element is in it, so that it has the tag with this number. */
const pagesWithTags: Record<string, (id: string, url: string) => Promise<void> | void> = {
  'inserts the div as HTML, and pushes the command itself': async (id) => {
    page.document.querySelector('main')!.innerHTML = emptyDiv(id);
    makeFrame(id);
    await page.run(kitUrl());
  },
  'clones the tag from a template': (id) => {
    insert(page, `<template>${tag(id)}</template>`);
    const { content } = page.document.querySelector('template')!;
    page.document.body.append(page.document.importNode(content, true));
  },
  'gives the div its id later': async (id) => {
    page.document.querySelector('main')!.innerHTML = '<div></div>';
    await nextTask();
    page.document.querySelector('main div')!.id = divIdOf(id);
    makeFrame(id);
    await page.run(kitUrl());
  },
  'shows the same tag twice': (id) => insert(page, tag(id) + tag(id)),
  'replaces its body, with the element in it': async (id, url) => {
    insert(page, tag(freshId()));
    const body = page.document.createElement('body');
    page.document.body.replaceWith(body);
    insert(page, `<qualifio-sign-in auth-endpoint="${url}"></qualifio-sign-in>${tag(id)}`);
  },
  'inserts the next view, with the same tag, before it removes the last one': async (id) => {
    const last = page.document.querySelector('main')!;
    last.append(page.document.createRange().createContextualFragment(tag(id)));
    await puppetOfTag(page, id);
    const view = page.document.createElement('main');
    view.innerHTML = emptyDiv(id);
    last.after(view);
    await nextTask();
    last.remove();
    makeFrame(id);
  },
  'keeps the last view in a document that is not shown': async (id) => {
    const view = page.document.querySelector('main')!;
    insert(page, tag(id));
    view.append(divOf(id));
    await puppetOfTag(page, id);
    page.document.implementation.createHTMLDocument().body.append(view);
    insert(page, tag(id));
  },
  'keeps the element itself in such a document, and has another one': (id, url) => {
    const hidden = page.document.implementation.createHTMLDocument();
    hidden.body.append(signInOf(page));
    insert(page, `<qualifio-sign-in auth-endpoint="${url}"></qualifio-sign-in>${tag(id)}`);
  },
  'has a kit that makes an empty frame first': async (id) => {
    page.document.querySelector('main')!.innerHTML = emptyDiv(id);
    await page.run(kitUrl({ target: 'any' }));
    const frame = page.document.createElement('iframe');
    frame.className = 'qualifio_iframe_tag';
    divOf(id).append(frame);
    await nextTask();
    frame.src = `http://${stageHost}/20/${guidOf(id)}/v1.cfm?divId=${divIdOf(id)}`;
  },
};

describe('<qualifio-sign-in> signs in the campaign of a page that', () => {
  for (const [what, prepare] of Object.entries(pagesWithTags)) {
    it(what, async () => {
      const [id, jwt] = [freshId(), await token()];
      const { url } = endpoint(giving(jwt));
      page = await OwnPage.open(`<main></main>${line(url)}`);
      await page.window.customElements.whenDefined('qualifio-sign-in');
      await prepare(id, url);
      const puppet = await puppetOfTag(page, id);
      expect(signInOf(page).campaigns.map(({ campaignId }) => campaignId)).to.deep.equal([id]);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  }
});

describe('a page whose own callbacks answer, and that loads the kit once more, sends one token:', () => {
  for (const registrations of ['all', 'first', 'last']) {
    // @holds F11, P19
    it(`kit calls ${registrations}`, async () => {
      const [id, theirs] = [freshId(), await token()];
      const knobs = { registrations };
      page = await OwnPage.open('');
      await warningsDuring(async () => {
        const answer = (data: unknown): void => {
          const message: unknown = typeof data === 'string' ? JSON.parse(data) : data;
          const { divId } = message as { divId: string };
          page.window._qual_async!.push(['sendChildMessage', divId, 'userInfo', theirs]);
        };
        page.window._qual_async = [['registerChildMessageCallback', 'isLoggedIn', answer]];
        insert(page, line(endpoint(giving(await token())).url) + tag(id, { knobs }));
        const puppet = await puppetOfTag(page, id);
        await page.run(kitUrl({ ...knobs, another: 'tag' }));
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(1);
        await eventually(() => signInOf(page).campaigns[0]!.status !== 'authenticating');
        await nextTask();
        expect(await puppet.received()).to.have.length(1);
      }, page.window);
    });
  }
});
