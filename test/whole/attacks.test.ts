import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { QualifioCampaign, QualifioError, type QualifioErrorEvent } from '../../src/index.js';
import { checkHost } from '../../src/page/page-trust.js';
import { isHost } from '../../src/config/host.js';
import { canary } from '../support/canary.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';
import { nextTask, warningsDuring } from '../support/watch.js';

const guid = '00000000-0000-0000-0000-000000000000';
/** The kit calls back inside the event, so the sender can be checked. */
const checked = kitUrl({ callbacks: 'sync', target: 'any' });

let page: OwnPage;
let element: QualifioCampaign;
afterEach(() => page.close());

/** A campaign on a separate page, with an endpoint that signs a token for each request. */
async function stage(
  open: () => Promise<OwnPage> = () => OwnPage.open(),
): Promise<{ puppet: Puppet; source: ReturnType<typeof endpoint>; told: string[]; jwt: string }> {
  page = await open();
  page.element.kitUrl = checked;
  const jwt = await token();
  const source = endpoint(giving(jwt));
  element = page.campaign({ 'auth-endpoint': source.url });
  const puppet = await stagePuppet(element, page.document.body);
  return { puppet, source, told: recordEvents(element), jwt };
}

function impostorUrl(more = ''): string {
  return `http://${stageHost}/20/${guid}/v1.cfm?divId=qualifio_insert_place_${element.campaignId}${more}`;
}

/** A page without scripts inside the page, which contains a frame. */
async function nestedFrame(url: string): Promise<HTMLIFrameElement> {
  const outer = page.document.createElement('iframe');
  outer.srcdoc = `<iframe src="${url.replaceAll('&', '&amp;')}"></iframe>`;
  const loaded = next(outer, 'load');
  page.document.body.append(outer);
  await loaded;
  return outer.contentDocument!.querySelector('iframe')!;
}

/** A window that the page has opened. */
async function popUp(url: string): Promise<Window> {
  const ready = next<MessageEvent<{ name?: string }>>(page.window, 'message');
  // A puppet of this channel sends a message by itself when it has loaded.
  const opened = page.window.open(url.replace(guid, '00000000-a5c5-0000-0000-000000000000'));
  if (!opened) throw new Error('No pop-up allowed.');
  await ready;
  return opened;
}

// @holds P2, T6
describe('a forged message with the campaign’s own div id', () => {
  const impostors: Record<string, () => Promise<[Puppet, () => void]>> = {
    'a frame within another frame': async () => {
      const frame = await nestedFrame(impostorUrl('&nested'));
      return [new Puppet(frame, page.window), () => undefined];
    },
    'a window that the page has opened': async () => {
      const opened = await popUp(impostorUrl());
      return [new Puppet(opened, page.window), () => opened.close()];
    },
  };
  for (const [who, make] of Object.entries(impostors)) {
    it(`from ${who} causes no request and no answer`, async () => {
      const { puppet, source, told } = await stage();
      const [impostor, leave] = await make();
      for (const name of ['isLoggedIn', 'requestParticipantAction', 'error']) {
        await impostor.say(name, { code: 'UNKNOWN' }, 100);
      }
      await nextTask();
      expect(told).to.deep.equal([]);
      expect(await puppet.received()).to.deep.equal([]);
      expect(await impostor.received()).to.deep.equal([]);
      expect(await source.requests()).to.deep.equal([]);
      leave();
    });
  }

  it('from the page’s opener causes no request and no answer', async () => {
    const { puppet, source, told } = await stage(() => OwnPage.popUp());
    const divId = `qualifio_insert_place_${element.campaignId}`;
    for (const name of ['isLoggedIn', 'requestParticipantAction', 'error']) {
      const arrived = next<MessageEvent>(page.window, 'message');
      page.window.postMessage({ 'qualifio-simulator': 1, name, data: { divId } }, '*');
      expect((await arrived).source).to.equal(window);
    }
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(await puppet.received()).to.deep.equal([]);
    expect(await source.requests()).to.deep.equal([]);
  });
});

describe('a frame that floods', () => {
  // @holds P3, T8, T18
  it('with 10,000 messages in a burst causes one request at a time and at most four answers', async function () {
    this.timeout(30_000);
    const { puppet, source } = await stage();
    await puppet.say('isLoggedIn', {}, 10_000);
    await puppet.awaitMessages(1);
    await nextTask();
    const { length } = await source.requests();
    expect(length).to.be.within(1, 4);
    expect(await puppet.received()).to.have.length(length);
  });

  // @holds T8
  it('with 10,000 errors in a burst shows one and causes no request', async function () {
    this.timeout(30_000);
    const { puppet, source, told } = await stage();
    await puppet.say('error', { code: `<img src=x onerror="${'x'.repeat(100)}">` }, 10_000);
    await nextTask();
    expect(told).to.deep.equal(['status-change error', 'error UNKNOWN']);
    expect(await source.requests()).to.deep.equal([]);
  });
});

describe('injected markup', () => {
  const hosts = [
    ...['evil.example', 'jeux.publisher.com.evil.example', 'evil.example/jeux.publisher.com'],
    ...[
      'jeux.publisher.com@evil.example',
      'publisher.com',
      'a.jeux.publisher.com',
      '//evil.example',
    ],
    ...['jeux.publisher.com:444', 'jeux.publisher.com.', 'JEUX.PUBLISHER.COM\\.evil.example'],
    ...['javascript:alert(1)', 'data:text/html,x', 'blob:https://evil.example/1', ''],
  ];

  // @holds P1, T1
  it('with 200 campaigns loads and requests nothing from an unlisted host', async () => {
    const source = endpoint(giving(await token()));
    page = await OwnPage.open(
      `<script>console.warn = () => undefined;</script><script src="/dist/qualifio-campaign.min.js"
        data-kit-url="${kitUrl()}" data-allowed-hosts="jeux.publisher.com"></script>`,
    );
    const codes: string[] = [];
    page.document.addEventListener('qualifio-error', ({ error }) => codes.push(error.code));
    const markup = Array.from({ length: 200 }, (_, index) => {
      const host = hosts[index % hosts.length]!.replaceAll('"', '&quot;');
      return `<qualifio-campaign prefetch-token campaign-id="${freshId()}" channel-id="${guid}"
        host="${host}" auth-endpoint="${source.url}" onclick="window.ran = 1"></qualifio-campaign>`;
    });
    page.document.body.innerHTML = markup.join('');
    const { updateComplete } = page.document.body.lastElementChild as QualifioCampaign;
    await updateComplete;
    await nextTask();
    expect(codes).to.have.length(200);
    expect(new Set(codes)).to.deep.equal(new Set(['HOST_NOT_ALLOWED', 'CONFIG_INVALID']));
    expect(page.document.querySelectorAll('iframe, script[src*="/kit/"]')).to.have.length(0);
    expect(await source.requests()).to.deep.equal([]);
  });

  // @holds P1, T1
  it('with its own script URL in any attribute loads only Qualifio’s script', async () => {
    const stray = endpoint({ type: 'text/javascript', body: '' });
    page = await OwnPage.open();
    page.element.kitUrl = checked;
    const names = ['kit-url', 'data-kit-url', 'kiturl', 'kit', 'src', 'data-src', 'href', 'script'];
    const evil = [...names, 'sdk-url', 'data-allowed-hosts'].map(
      (name) => `${name}="${stray.url}"`,
    );
    element = page.campaign();
    const own = element
      .getAttributeNames()
      .map((name) => `${name}="${element.getAttribute(name)}"`);
    page.document.body.innerHTML = `<qualifio-campaign ${[...own, ...evil].join(' ')}></qualifio-campaign>`;
    element = page.document.body.firstElementChild as QualifioCampaign;
    await element.load();
    expect(page.document.querySelectorAll(`script[src="${stray.url}"]`)).to.have.length(0);
    expect(page.document.querySelectorAll(`script[src="${checked}"]`)).to.have.length(1);
    expect(await stray.requests()).to.deep.equal([]);
  });

  /** Other addresses of the publisher that know the participant, to which markup may point. */
  const answers = {
    'a profile': { body: JSON.stringify({ email: canary, name: canary }) },
    'a profile with another token': { body: JSON.stringify({ token: { value: canary } }) },
    'a page': { type: 'text/html', body: `<p>${canary}</p>` },
    'a text': { type: 'text/plain', body: canary },
    'a script': { type: 'text/javascript', body: `"${canary}"` },
    'a list of tokens': { body: JSON.stringify([canary]) },
  };
  for (const [what, answer] of Object.entries(answers)) {
    // @holds T5
    it(`with ${what} as the endpoint sends nothing from it to the frame`, async () => {
      page = await OwnPage.open();
      page.element.kitUrl = checked;
      element = page.campaign({ 'auth-endpoint': endpoint(answer).url });
      const puppet = await stagePuppet(element, page.document.body);
      const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
      await puppet.say('isLoggedIn');
      expect((await failed).error.phase).to.equal('token');
      expect(await puppet.received()).to.deep.equal([]);
    });
  }

  // @holds T5
  it('with another host gets no token that is only for the campaign’s host', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = checked;
    const source = endpoint(giving(await token(), { hosts: ['jeux.publisher.com'] }));
    element = page.campaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(element, page.document.body);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    expect((await failed).error.code).to.equal('HOST_NOT_ALLOWED');
    expect(await puppet.received()).to.deep.equal([]);
  });
});

describe('10,000 hosts', () => {
  /** Texts similar to hosts, and any other texts. */
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.domain(),
    fc
      .array(
        fc.oneof(
          fc.constantFrom(
            ...[
              'jeux.publisher.com',
              '.',
              ':',
              '@',
              '/',
              '\\',
              '?',
              '#',
              '%2e',
              '\t',
              '\n',
              '[',
              ']',
            ],
            ...['evil.example', '-', '_', '*', '443', '0x7f', '１', 'ｊ', '\u202e', '\u00ad', '。'],
          ),
          fc.string({ maxLength: 3 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );

  before(async () => {
    page = await OwnPage.open('');
  });

  // @holds T2
  it('are accepted only if they are exactly the host of a URL', () => {
    fc.assert(
      fc.property(text, (host) => {
        if (!isHost(host)) return;
        const url = new URL(`https://${host}`);
        const [name, port = '443'] = host.toLowerCase().split(':');
        expect(url.hostname).to.equal(name);
        expect(url.port || '443').to.equal(port);
        expect(url.href.slice(url.origin.length)).to.equal('/');
        expect(url.username + url.password).to.equal('');
      }),
      { numRuns: 10_000 },
    );
  });

  // @holds T2
  it('are allowed only if they are listed exactly', () => {
    QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
    fc.assert(
      fc.property(text, (host) => {
        try {
          checkHost(host);
          expect(host.toLowerCase().replace(/:443$/, '')).to.equal('jeux.publisher.com');
        } catch (error) {
          expect(error).to.be.instanceOf(QualifioError);
        }
      }),
      { numRuns: 10_000 },
    );
    QualifioCampaign.allowedHosts = null;
  });
});

describe('a URL in markup', () => {
  const schemes = [
    ...[
      'javascript:',
      'JavaScript:',
      ' javascript:',
      'java\nscript:',
      '\u0001javascript:',
      'vbscript:',
    ],
    ...[
      'data:text/html,',
      'blob:https://publisher.example/',
      'filesystem:https://publisher.example/',
    ],
    ...['view-source:https://', 'about:blank#', 'file:///', 'ftp://', 'ws://', 'wss://', 'mailto:'],
    ...['tel:', 'chrome://', 'intent://', 'http://evil.example/', '//user@publisher.example/'],
  ];

  // @holds P9, T4
  it('with a scheme other than https is refused in login-url and auth-endpoint', async () => {
    page = await OwnPage.open(`<script>console.warn = () => undefined;</script>${library}`);
    page.element.kitUrl = checked;
    for (const scheme of schemes) {
      for (const attribute of ['login-url', 'auth-endpoint']) {
        element = page.campaign({ [attribute]: `${scheme}alert(1)` });
        const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
        page.document.body.append(element);
        expect((await failed).error.code, `${attribute}=${scheme}`).to.equal('CONFIG_INVALID');
        await element.updateComplete;
        const links = element.shadowRoot!.querySelectorAll('[href]');
        expect(links, `${attribute}=${scheme}`).to.have.length(0);
        expect(element.querySelector('iframe')).to.equal(null);
        element.remove();
      }
    }
  });

  // @holds P9, T4
  it('cannot become the login page after the campaign has started', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = checked;
    element = page.campaign({ 'auth-endpoint': endpoint({ status: 401 }).url });
    const puppet = await stagePuppet(element, page.document.body);
    const required = next(element, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    for (const scheme of schemes) {
      element.loginUrl = `${scheme}alert(1)`;
      await element.updateComplete;
      expect(element.shadowRoot!.querySelectorAll('[href]'), scheme).to.have.length(0);
    }
  });

  // @holds T17, T19
  it('has a return_to on the page’s origin, in the same window', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = checked;
    for (const path of ['//evil.example/x', '///evil.example', '/\\evil.example', '/a?b=//c#//d']) {
      page.window.history.replaceState(null, '', location.origin + path);
      const attributes = { 'login-url': '/login', 'auth-endpoint': endpoint({ status: 401 }).url };
      element = page.campaign(attributes);
      const puppet = await stagePuppet(element, page.document.body);
      const required = next(element, 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await required;
      await element.updateComplete;
      const link = element.shadowRoot!.querySelector('a')!;
      const back = new URL(link.href).searchParams.get('return_to')!;
      expect(new URL(back, 'https://publisher.example').origin, path).to.equal(
        'https://publisher.example',
      );
      expect(new URL(link.href).origin).to.equal(location.origin);
      expect(link.target).to.equal('_self');
      element.remove();
    }
  });
});

describe('hostile data in a message', () => {
  // @holds P8, T14
  it('changes no prototype and is ignored', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl({ kit: 'never' });
    element = page.campaign();
    const told = recordEvents(element);
    page.document.body.append(element);
    await next(element, 'qualifio-status-change');
    const queue = page.window._qual_async as unknown as [string, string, (data: unknown) => void][];
    const callbacks = queue.filter(([command]) => command === 'registerChildMessageCallback');
    const divId = `qualifio_insert_place_${element.campaignId}`;
    const { prototype } = page.window.Object;
    const before = Reflect.ownKeys(prototype);
    const cyclic: Record<string, unknown> = {};
    cyclic['divId'] = cyclic;
    let deep: unknown = divId;
    for (let level = 0; level < 20_000; level++) deep = { divId: deep };
    const trap = (): never => expect.fail('A trap was sprung.');
    Object.assign(prototype, { divId });
    const hostile = [
      ...[cyclic, deep, Array(100_000).fill({ divId }), 'x'.repeat(5_000_000)],
      ...[
        `{"__proto__":{"divId":"${divId}"}}`,
        `{"constructor":{"prototype":{"divId":"${divId}"}}}`,
      ],
      ...['['.repeat(100_000), `{"divId":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
      ...[Object.create({ divId }) as object, new Map([['divId', divId]]), { divId: [divId] }],
      ...[
        {
          get divId() {
            return trap();
          },
        },
        { divId: { toString: trap, valueOf: trap } },
      ],
      ...[{}, [], new page.window.Object(), '{}'],
    ];
    for (const data of hostile) for (const [, , callback] of callbacks) callback(data);
    await nextTask();
    Reflect.deleteProperty(prototype, 'divId');
    expect(Reflect.ownKeys(prototype)).to.deep.equal(before);
    expect(told).to.deep.equal(['status-change loading']);
  });

  // @holds P8, T15
  it('never becomes markup, in codes and in the publisher’s texts', async () => {
    const { puppet } = await stage();
    const markup = '<img src="/" onerror="window.ran = 1"><script>window.ran = 1</script>';
    element.strings = { failed: markup, tryAgain: markup, loginRequired: markup, logIn: markup };
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('error', { code: markup });
    expect((await failed).error).to.include({ code: 'UNKNOWN' });
    await element.updateComplete;
    const root = element.shadowRoot!;
    expect(root.querySelectorAll('img, script')).to.have.length(0);
    expect(root.querySelector('[part=message]')!.textContent).to.equal(markup);
    expect('ran' in page.window).to.equal(false);
  });
});

describe('a campaign up to the token', () => {
  // @holds P1, P6
  it('stores nothing, and requests only kit, campaign and endpoint', async () => {
    document.cookie = 'of-the-page=1';
    const { puppet, source, jwt } = await stage();
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    const { localStorage, sessionStorage, indexedDB, caches, navigator, performance } = page.window;
    expect([localStorage.length, sessionStorage.length]).to.deep.equal([0, 0]);
    expect(page.document.cookie).to.equal('of-the-page=1');
    expect(await indexedDB.databases()).to.deep.equal([]);
    expect(await caches.keys()).to.deep.equal([]);
    expect(await navigator.serviceWorker.getRegistrations()).to.deep.equal([]);
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    const known = [checked, element.frame!.src, source.url];
    const library = new RegExp(`^${location.origin}/(src/|__web-dev-server)`);
    for (const url of asked) {
      const isKnown = known.some((one) => url.startsWith(one)) || library.test(url);
      expect(isKnown, url).to.equal(true);
    }
    document.cookie = 'of-the-page=; max-age=0';
  });
});

describe('markup that imitates a part of the page', () => {
  // @holds T13
  it('as the campaign’s div prevents the campaign and gets no token', async () => {
    const id = freshId();
    const divId = `qualifio_insert_place_${id}`;
    page = await OwnPage.open(
      `<a id="${divId}"></a><form id="${divId}" name="x"></form>${library}`,
    );
    page.element.kitUrl = checked;
    const source = endpoint(giving(await token()));
    element = page.campaign({ 'campaign-id': id, 'auth-endpoint': source.url });
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await warningsDuring(async () => {
      page.document.body.append(element);
      expect((await failed).error.code).to.equal('DUPLICATE_CAMPAIGN');
    }, page.window);
    expect(await source.requests()).to.deep.equal([]);
  });

  // @holds T22
  it('gives the campaign’s frame no permission beyond those of Qualifio’s kit', async () => {
    await stage();
    const names = element.frame!.getAttributeNames();
    for (const name of ['allow', 'allowfullscreen', 'sandbox', 'credentialless', 'csp']) {
      expect(names).to.not.include(name);
    }
  });
});
