import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
  type Answer,
} from '../support/stage.js';

let page: OwnPage;
afterEach(() => page.close());

/** Opens a page whose kit comes from `url`. */
async function openWithKit(url: string, markup?: string): Promise<void> {
  page = await OwnPage.open(markup);
  page.element.kitUrl = url;
}

/** Inserts an element and waits for its first error. */
async function firstError(attributes: Record<string, string> = {}) {
  const element = page.campaign(attributes);
  const event = next<QualifioErrorEvent>(element, 'qualifio-error');
  page.document.body.append(element);
  return { element, error: (await event).error };
}

/** An answer with a script that loads the simulator’s kit. */
function bringing(kit: string): Answer {
  const body = `document.head.append(Object.assign(document.createElement('script'), { src: '${kit}' }))`;
  return { type: 'text/javascript', body };
}

function scripts(): HTMLScriptElement[] {
  return Array.from(page.document.scripts).filter(({ src }) => /\/(kit|endpoint)\//.test(src));
}

function commands(): string[] {
  return (page.window._qual_async as unknown as string[][]).map(([name, first]) =>
    name === 'createIframe' ? name : `${name} ${first}`,
  );
}

/** Collects the kit's scripts when they are added, since failed ones are removed. */
function watchScripts(): HTMLScriptElement[] {
  const added: HTMLScriptElement[] = [];
  new page.window.MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof page.window.HTMLScriptElement) added.push(node);
    }
  }).observe(page.document.head, { childList: true });
  return added;
}

/** Makes the simulator’s late frame appear after 600 ms, which is longer than the element waits. */
function hurryLateFrame(): void {
  const { setTimeout } = page.window;
  page.window.setTimeout = ((callback: () => void, milliseconds?: number) =>
    setTimeout(callback, milliseconds === 3000 ? 600 : milliseconds)) as typeof setTimeout;
}

/** Makes a puppet frame ask, and returns its answer. */
async function exchange(element: QualifioCampaign): Promise<unknown> {
  const puppet = new Puppet(element.frame!);
  await puppet.say('isLoggedIn');
  return (await puppet.awaitMessages(1))[0]?.data;
}

describe('the kit’s script', () => {
  // @holds F8
  it('is loaded once for many elements, with one registration for each message', async () => {
    await openWithKit(kitUrl({ kit: 'never' }));
    const elements = [page.campaign(), page.campaign(), page.campaign()];
    page.document.body.append(...elements);
    await Promise.all(elements.map((element) => next(element, 'qualifio-status-change')));
    expect(scripts()).to.have.length(1);
    expect(commands().sort()).to.deep.equal([
      'createIframe',
      'createIframe',
      'createIframe',
      'registerChildMessageCallback error',
      'registerChildMessageCallback isLoggedIn',
      'registerChildMessageCallback requestParticipantAction',
    ]);
  });

  it('is requested again with a new script element when it does not load', async () => {
    const kit = endpoint({ status: 404 });
    await openWithKit(kit.url);
    const added = watchScripts();
    const { element, error } = await firstError();
    expect(error).to.include({ code: 'KIT_LOAD_FAILED', phase: 'kit' });
    expect(element.status).to.equal('error');
    expect(new Set(added)).to.have.property('size', 2);
    expect(await kit.requests()).to.have.length(2);
    expect(scripts()).to.be.empty;
  });

  // @holds F1
  it('is requested again by reload(), and then runs', async () => {
    const kit = endpoint({ status: 404 }, { status: 404 }, bringing(kitUrl()));
    await openWithKit(kit.url);
    const jwt = await token();
    const { element } = await firstError({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await element.reload();
    expect(await kit.requests()).to.have.length(3);
    expect(element).to.include({ status: 'ready', error: null });
    expect(await exchange(element)).to.equal(jwt);
  });

  it('works if the second attempt loads it', async () => {
    const kit = endpoint({ reset: true }, bringing(kitUrl()));
    await openWithKit(kit.url);
    const element = page.campaign();
    const told = recordEvents(element);
    await stagePuppet(element, page.document.body);
    expect(told).to.not.include('error KIT_LOAD_FAILED');
  });

  // @holds F2
  it('causes KIT_LOAD_FAILED if the page’s policy blocks it', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`;
    await openWithKit(kitUrl(), policy + library);
    expect((await firstError()).error.code).to.equal('KIT_LOAD_FAILED');
  });

  it('that an element without nonce requests first is loaded for one with a nonce', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'nonce-n1'">`;
    await openWithKit(kitUrl(), policy + library);
    const without = page.campaign();
    const failed = next<QualifioErrorEvent>(without, 'qualifio-error');
    page.document.body.append(without);
    const element = page.campaign({ nonce: 'n1' });
    await stagePuppet(element, page.document.body);
    expect((await failed).error.code).to.equal('KIT_LOAD_FAILED');
  });

  it('has the element’s nonce, which the policy allows', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'nonce-n1'">`;
    await openWithKit(kitUrl(), policy + library);
    const element = page.campaign({ nonce: 'n1' });
    await stagePuppet(element, page.document.body);
    expect(scripts().map(({ nonce }) => nonce)).to.deep.equal(['n1']);
  });

  for (const [what, attributes] of Object.entries({
    'no nonce': {},
    'the nonce of another page': { nonce: 'n2' },
  })) {
    it(`has the nonce of the library’s script for an element with ${what}`, async () => {
      page = await OwnPage.open(`
        <meta http-equiv="Content-Security-Policy" content="script-src 'nonce-n1'">
        <script nonce="n1" src="/src/define.ts" data-kit-url="${kitUrl()}"></script>`);
      const violations: string[] = [];
      page.document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
        violations.push(blockedURI),
      );
      const element = page.campaign(attributes);
      await stagePuppet(element, page.document.body);
      expect(scripts().map(({ nonce }) => nonce))
        .to.include('n1')
        .and.not.include('n2');
      expect(violations).to.deep.equal([]);
    });
  }
});

describe('a kit that does not create the frame in time', () => {
  const faults = {
    // @holds F4
    'never empties the queue': { kit: 'never' },
    // @holds F4
    throws: { kit: 'throws' },
    // @holds F12
    'makes no frame': { frame: 'none' },
  };
  for (const [what, knobs] of Object.entries(faults)) {
    it(`causes KIT_TIMEOUT when it ${what}`, async () => {
      await openWithKit(kitUrl(knobs as Record<string, string>));
      const { element, error } = await firstError({ 'kit-timeout': '300' });
      expect(error).to.include({ code: 'KIT_TIMEOUT', phase: 'kit' });
      expect(element.frame).to.equal(null);
    });
  }

  // @holds F5
  it('causes KIT_LOAD_FAILED when the answer is a web page', async () => {
    await openWithKit(kitUrl({ kit: 'html' }));
    expect((await firstError()).error.code).to.equal('KIT_LOAD_FAILED');
  });

  // @holds F4
  it('is requested again by reload() when it did nothing', async () => {
    const idle = { type: 'text/javascript', body: '/* nothing */' };
    const kit = endpoint(idle, bringing(kitUrl()));
    await openWithKit(kit.url);
    // Enough time for the script to arrive and run, also on a busy machine.
    const { element, error } = await firstError({ 'kit-timeout': '2500' });
    expect(error.code).to.equal('KIT_TIMEOUT');
    element.kitTimeout = 15_000;
    await element.reload();
    expect(await kit.requests()).to.have.length(2);
    expect(element.status).to.equal('ready');
    expect(page.document.querySelectorAll('iframe')).to.have.length(1);
  });

  // @holds F3
  it('is requested again by reload() when it gets no answer', async () => {
    await openWithKit(endpoint({ hold: 'headers' }).url);
    const { element, error } = await firstError({ 'kit-timeout': '300' });
    expect(error.code).to.equal('KIT_TIMEOUT');
    const again = next(element, 'qualifio-status-change');
    void element.reload().catch(() => undefined);
    await again;
    expect(scripts()).to.have.length(2);
  });

  for (const [what, knobs] of [
    ['kit', { delay: '600' }],
    ['frame', { frame: 'late' }],
  ] as const) {
    // @holds F3
    it(`recovers when the ${what} is late`, async () => {
      await openWithKit(kitUrl(knobs));
      hurryLateFrame();
      const jwt = await token();
      const { element, error } = await firstError({
        'kit-timeout': '300',
        'auth-endpoint': endpoint(giving(jwt)).url,
      });
      expect(error.code).to.equal('KIT_TIMEOUT');
      await next(element, 'qualifio-ready');
      expect(element).to.include({ status: 'ready', error: null });
      await element.load();
      expect(await exchange(element)).to.equal(jwt);
    });
  }
});

describe('the command queue', () => {
  const markups = {
    'an <a> with its id': '<a id="_qual_async"></a>',
    'two elements with its id': '<a id="_qual_async"></a><a id="_qual_async" name="push"></a>',
    'a form with its name and a push field': '<form name="_qual_async"><input name="push"></form>',
    'a frame of another origin with its name': `<iframe name="_qual_async" src="http://${stageHost}/simulator/elsewhere"></iframe>`,
    'an image that replaces document.head': '<img name="head" alt="">',
    'an image that replaces document.scripts': '<img name="scripts" alt="">',
  };
  for (const [what, markup] of Object.entries(markups)) {
    // @holds T12
    it(`is not affected by ${what}`, async () => {
      await openWithKit(kitUrl(), library + markup);
      const jwt = await token();
      const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
      await stagePuppet(element, page.document.body);
      expect(await exchange(element)).to.equal(jwt);
    });
  }

  it('has no createIframe of an element that was removed before the kit ran', async () => {
    await openWithKit(kitUrl({ kit: 'never' }));
    const element = page.campaign();
    page.document.body.append(element);
    await next(element, 'qualifio-status-change');
    expect(commands()).to.include('createIframe');
    element.remove();
    expect(commands()).to.not.include('createIframe');
  });

  // @holds P5, T9
  it('never contains a waiting token', async () => {
    await openWithKit(kitUrl());
    const jwt = await token();
    const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    const puppet = await stagePuppet(element, page.document.body);
    const replaced: unknown[] = new page.window.Array<unknown>();
    page.window._qual_async = replaced;
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    expect((await failed).error.code).to.equal('KIT_LOAD_FAILED');
    expect(JSON.stringify(replaced)).to.not.include(jwt);
    expect(replaced).to.be.empty;
  });
});

// @holds T16
describe('under Trusted Types', () => {
  const cdnFile = '<script src="/dist/qualifio-campaign.min.js"></script>';
  const policy = (names: string): string =>
    `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types ${names}">`;
  const log = `<script>
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(event.violatedDirective);
    });
  </script>`;
  const violations = (): unknown => (page.window as unknown as { violations: unknown }).violations;

  it('one policy, qualifio-campaign, is enough for a whole exchange', async () => {
    await openWithKit(kitUrl(), log + policy('qualifio-campaign') + cdnFile);
    const jwt = await token();
    const element = page.campaign({ 'auth-endpoint': endpoint(giving(jwt)).url });
    await stagePuppet(element, page.document.body);
    expect(await exchange(element)).to.equal(jwt);
    expect(violations()).to.deep.equal([]);
  });

  it('a page that does not allow it gets KIT_LOAD_FAILED, which names the directive', async () => {
    await openWithKit(kitUrl(), policy('another') + cdnFile);
    const { error } = await firstError();
    expect(error.code).to.equal('KIT_LOAD_FAILED');
    expect(error.message).to.include('trusted-types qualifio-campaign');
  });

  it('a kit that fails is reported as failed at every attempt', async () => {
    await openWithKit(
      endpoint({ status: 404 }).url,
      policy('lit-html qualifio-campaign') + library,
    );
    const { element, error } = await firstError();
    expect(error.message).to.not.include('trusted-types');
    await element.reload().catch(() => undefined);
    expect(element.error?.message).to.equal(error.message);
  });

  it('the module needs only lit’s policy in addition', async () => {
    await openWithKit(kitUrl(), policy('lit-html') + library);
    const { error } = await firstError();
    expect(error.message).to.include('trusted-types qualifio-campaign');
    page.close();
    await openWithKit(kitUrl(), policy('lit-html qualifio-campaign') + library);
    await stagePuppet(page.campaign(), page.document.body);
  });
});
