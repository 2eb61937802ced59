import { expect } from '@open-wc/testing';
import { OwnPage } from '../support/own-page.js';
import {
  divIdOf,
  puppetOfTag,
  runningTag as tag,
  signInLine as line,
  signInOf,
} from '../support/sign-in-page.js';
import { endpoint, freshId, giving, next, token } from '../support/stage.js';
import { eventually, nextTask } from '../support/watch.js';

let page: OwnPage;
afterEach(() => page.close());

/** A campaign whose participant must log in. */
async function loginRequired(markup: (tag: string) => string, ...later: { body: string }[]) {
  const id = freshId();
  const source = endpoint({ status: 401 }, ...later);
  page = await OwnPage.open(markup(tag(id)) + line(source.url, 'login-url="/login"'));
  const puppet = await puppetOfTag(page, id);
  const div = page.document.getElementById(divIdOf(id))!;
  const required = next(div, 'qualifio-login-required');
  await puppet.say('isLoggedIn');
  await required;
  const panel = div.shadowRoot!.querySelector('[part=panel]')!;
  await eventually(() => panel.checkVisibility());
  return { id, puppet, panel, frame: div.querySelector('iframe')! };
}

it('<qualifio-sign-in> keeps a campaign’s question and panel when a script moves the element', async () => {
  const jwt = await token();
  const { id, puppet, panel } = await loginRequired((html) => html, { body: giving(jwt).body! });
  const element = signInOf(page);
  page.document.body.prepend(element);
  await nextTask();
  expect(element.campaigns[0]!.status).to.equal('login-required');
  expect(panel.checkVisibility()).to.equal(true);
  expect(await element.resume(id)).to.equal(true);
  expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
});

it('<qualifio-sign-in> names a frame that has no title, in the page’s language, and keeps one that it has', async () => {
  const id = freshId();
  const source = endpoint({ status: 401 });
  page = await OwnPage.open(`<main lang="fr">${tag(id)}</main>` + line(source.url));
  const puppet = await puppetOfTag(page, id);
  const div = page.document.getElementById(divIdOf(id))!;
  const frame = div.querySelector('iframe')!;
  expect(frame.title).to.equal('Campagne');
  frame.title = 'Le quiz';
  const required = next(div, 'qualifio-login-required');
  await puppet.say('isLoggedIn');
  await required;
  await eventually(() => div.shadowRoot!.querySelector('[part=panel]')?.checkVisibility());
  expect(frame.title).to.equal('Le quiz');
});

describe('the panel of a pasted tag is exactly over the frame if the page gives the div', () => {
  for (const css of [
    'display: flex; justify-content: center',
    'display: grid; place-items: center',
    'direction: rtl',
    'writing-mode: vertical-rl',
    'position: relative; padding: 10px; overflow: hidden',
    'transform: scale(0.5)',
    'zoom: 2',
  ]) {
    it(css, async () => {
      const { frame, panel } = await loginRequired(
        (html) => `<style>.qualifio_iframe_wrapper { ${css} }</style>${html}`,
      );
      const [inner, outer] = [panel, frame].map((part) => {
        const { left, top, width, height } = part.getBoundingClientRect();
        return [left, top, width, height].map(Math.round);
      });
      expect(inner).to.deep.equal(outer);
    });
  }
});
