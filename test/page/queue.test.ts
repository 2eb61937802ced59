import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { endpoint, giving, next, Puppet, stagePuppet, token } from '../support/stage.js';
import { nextTask } from '../support/watch.js';

let page: OwnPage;
let element: QualifioCampaign;
let puppet: Puppet;
/** Tokens of the first element, in the order of the endpoint's answers. */
let tokens: string[];
let asked: ReturnType<typeof endpoint>;
afterEach(() => page.close());

/** Runs a script of the page, in which `queue` is the queue. */
function runScript(script: string): Promise<void> {
  const code = `{ const queue = window._qual_async; ${script} }`;
  return page.run(`data:text/javascript,${encodeURIComponent(code)}`);
}

async function stage(knobs: Record<string, string> = {}): Promise<void> {
  page = await OwnPage.open();
  page.element.kitUrl = kitUrl(knobs);
  tokens = [await token(), await token()];
  asked = endpoint(...tokens.map((jwt) => giving(jwt)));
  element = page.campaign({ 'auth-endpoint': asked.url });
  puppet = await stagePuppet(element, page.document.body);
}

async function expectTokens(count: number): Promise<void> {
  await puppet.awaitMessages(count);
  await nextTask();
  const expected = tokens.slice(0, count).map((data) => ({ name: 'userInfo', data }));
  expect(await puppet.received()).to.deep.equal(expected);
  expect(await asked.requests()).to.have.length(count);
}

/** Another campaign that is inserted now also runs, with the existing kit. */
async function expectAnother(kits: number): Promise<void> {
  const jwt = await token();
  const other = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
  const stranger = await stagePuppet(other, page.document.body);
  await stranger.say('isLoggedIn');
  expect(await stranger.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  expect(page.document.querySelectorAll('script[src*="/kit/"]')).to.have.length(kits);
}

describe('a queue whose push throws', () => {
  /**
   * Makes the queue throw for commands with a name; the error’s message quotes the whole command.
   */
  const refuse = (name: string): Promise<void> =>
    runScript(`const push = queue.push.bind(queue);
      queue.push = (command) => {
        if (command[0] === '${name}') throw new Error(String(command));
        return push(command);
      };`);

  for (const command of ['registerChildMessageCallback', 'createIframe']) {
    // @holds F4
    it(`for ${command} causes KIT_LOAD_FAILED, leaves nothing behind, and can be fixed`, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = kitUrl();
      page.window.console.warn = () => undefined;
      await page.run(kitUrl());
      const { push } = page.window._qual_async!;
      await refuse(command);
      const jwt = await token();
      element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      page.document.body.append(element);
      expect((await failed).error).to.include({ code: 'KIT_LOAD_FAILED', phase: 'kit' });
      expect(element.childElementCount).to.equal(0);
      page.window._qual_async!.push = push;
      await element.load();
      puppet = new Puppet(element.frame!);
      await puppet.say('isLoggedIn');
      expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  }

  // @holds F4
  it('for a token causes KIT_LOAD_FAILED, whose message does not contain the token', async () => {
    await stage();
    await refuse('sendChildMessage');
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    const { error } = await failed;
    expect(error).to.include({ code: 'KIT_LOAD_FAILED', cause: undefined });
    for (const part of tokens[0]!.split('.')) {
      expect(String(error.message) + String(error.stack)).to.not.include(part);
    }
  });
});

describe('a queue that accepts commands is used in any form:', () => {
  const shapes = {
    'a frozen object': 'Object.freeze({ push: queue.push })',
    'a frozen array with its own push': 'Object.freeze(Object.assign([], { push: queue.push }))',
    'an array of another class':
      'new (class extends Array { push(...commands) { return queue.push(...commands); } })()',
    'a proxy of an array': `new Proxy([], {
      get: (array, name) => name === 'push' ? queue.push : Reflect.get(array, name),
    })`,
    'a proxy of the object that the kit made': 'new Proxy(queue, {})',
  };
  for (const queue of ['patch', 'replace']) {
    for (const [what, shape] of Object.entries(shapes)) {
      // @holds F6, T12
      it(`${what} (queue=${queue})`, async () => {
        await stage({ queue });
        await runScript(`window._qual_async = ${shape};`);
        await puppet.say('isLoggedIn');
        await expectTokens(1);
        await expectAnother(1);
        element.remove();
      });
    }
  }
});

describe('a queue that another script replaces with a plain array', () => {
  for (const queue of ['patch', 'replace']) {
    // @holds F7, P5, T9
    it(`contains no token, and works again when a kit processes it (queue=${queue})`, async () => {
      await stage({ queue });
      await runScript('window._qual_async = [];');
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      await puppet.say('isLoggedIn');
      expect((await failed).error.code).to.equal('KIT_LOAD_FAILED');
      expect(page.window._qual_async).to.be.an('array').that.is.empty;
      await page.run(kitUrl({ queue, other: 'tag' }));
      expect(await element.resume()).to.equal(true);
      await puppet.awaitMessages(1);
      expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: tokens[1] }]);
      await expectAnother(2);
    });

    // @holds F7
    it(`delivers each message once even if callbacks were registered again (queue=${queue})`, async () => {
      await stage({ queue });
      await runScript('window._qual_async = [];');
      const late = page.campaign();
      page.document.body.append(late);
      await next(late, 'qualifio-status-change');
      await page.run(kitUrl({ queue, other: 'tag' }));
      await puppet.say('isLoggedIn');
      await expectTokens(1);
      await puppet.say('isLoggedIn');
      await expectTokens(2);
    });
  }
});
