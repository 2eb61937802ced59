import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioErrorEvent } from '../../src/index.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  campaign,
  campaignAttributes,
  endpoint,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  stagePuppet,
  token,
} from '../support/stage.js';
import { later, nextTask, timersDuring, warningsDuring } from '../support/watch.js';

/**
 * Settings that only script may change: markup, a prototype or a second script tag must not change
 * them.
 */
const builtFile = '/dist/qualifio-campaign.min.js';
/** The same from its sources, so that these tests notice a defence that is removed. */
const file = '/src/define.ts';

let page: OwnPage;
afterEach(() => page?.close());

/** The CDN file's tag, without attributes that are null. */
function tag(hosts: string | null = stageHost, url: string | null = kitUrl(), more = ''): string {
  const attributes = [
    hosts === null ? '' : `data-allowed-hosts="${hosts}"`,
    url === null ? '' : `data-kit-url="${url}"`,
  ];
  return `<script src="${file}" ${attributes.join(' ')} ${more}></script>`;
}

/** An element in markup, on the stage's host. */
function element(attributes: Record<string, string> = {}): string {
  const all = Object.entries(campaignAttributes(attributes));
  const text = all.map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`).join(' ');
  return `<qualifio-campaign ${text}></qualifio-campaign>`;
}

/** Opens a page with a silent console, and returns its element when that is ready or has failed. */
async function outcome(markup: string): Promise<QualifioCampaign> {
  page = await OwnPage.open(`<script>console.warn = () => undefined;</script>${markup}`);
  const made = page.document.querySelector('qualifio-campaign')!;
  await made.load().catch(() => undefined);
  return made;
}

describe('script tags of the library', () => {
  const evil = 'evil.example';
  const agree: Record<string, string> = {
    'one alone': tag(),
    'two with the same attributes': tag() + tag(),
    'the same hosts in another order':
      tag(`${stageHost} b.example`) + tag(`b.example  ${stageHost}`),
    'hosts with more white space': tag(` ${stageHost}  b.example `) + tag(`b.example ${stageHost}`),
    'one without attributes before it': tag(null, null) + tag(),
    'one without attributes after it': tag() + tag(null, null),
    'a deferred one': tag(stageHost, kitUrl(), 'defer'),
    'data blocks that imitate one':
      ['text/plain', 'modules']
        .map((type) => `<script type="${type}" data-allowed-hosts="${evil}"></script>`)
        .join('') + tag(),
  };
  for (const [what, tags] of Object.entries(agree)) {
    it(`start a campaign: ${what}`, async () => {
      expect((await outcome(tags + element())).status).to.equal('ready');
    });
  }

  const differ: Record<string, string> = {
    'an injected one that runs before the publisher’s deferred one':
      tag(`${stageHost} ${evil}`) + tag('jeux.publisher.com', kitUrl(), 'defer'),
    'an injected one that runs after': tag() + tag(`${stageHost} ${evil}`),
    'one with another kit': tag() + tag(stageHost, '/elsewhere/kit.js'),
    'an injected one after the element': tag(stageHost, kitUrl(), 'defer') + tag(evil),
    'an injected one with only a kit, before the publisher’s with only hosts':
      tag(null) + tag(stageHost, null, 'defer'),
    'an injected one with only hosts, which is removed after it has run':
      tag(`${stageHost} ${evil}`, null, 'onload="this.remove()"') + tag(),
    'one of another script type':
      tag() +
      `<script src="/blocked.js" type="text/javascript" data-allowed-hosts="${evil}"></script>`,
    'one that does not run':
      tag() + `<script src="/blocked.js" type="module" data-allowed-hosts="${evil}"></script>`,
  };
  for (const [what, tags] of Object.entries(differ)) {
    it(`that differ start no campaign: ${what}`, async () => {
      const source = endpoint(giving(await token()));
      const made = await outcome(tags + element({ 'auth-endpoint': source.url }));
      expect(made.error).to.include({ code: 'CONFIG_INVALID', phase: 'config' });
      expect(made.error!.message).to.include('data-kit-url or data-allowed-hosts');
      expect(page.document.querySelectorAll('script[src*="/kit/"], iframe')).to.have.length(0);
      expect(await source.requests()).to.deep.equal([]);
    });
  }

  for (const [what, first, own] of [
    ['an injected one', tag(), tag('jeux.publisher.com', kitUrl(), 'defer')],
    ['one with only hosts', tag(stageHost, null), tag('jeux.publisher.com', null, 'defer')],
    ['one after one without attributes', tag(null, null) + tag(), tag('b.example', kitUrl())],
  ] as const) {
    it(`that differ start no campaign: ${what}, with the element before the publisher’s tag`, async () => {
      const source = endpoint(giving(await token()));
      const asked = element({ 'auth-endpoint': source.url, 'prefetch-token': '' });
      const wait = '<script src="/holds-the-parser.js"></script>';
      const made = await outcome(first + asked + wait + own);
      expect(made.error?.code).to.equal('CONFIG_INVALID');
      expect(page.document.querySelectorAll('script[src*="/kit/"], iframe')).to.have.length(0);
      expect(await source.requests()).to.deep.equal([]);
    });
  }

  it('that differ start no campaign: an injected one, with an image named readyState', async () => {
    const source = endpoint(giving(await token()));
    const asked = element({ 'auth-endpoint': source.url, 'prefetch-token': '' });
    const made = await outcome(
      `<img name="readyState">${tag()}${asked}<script src="/holds-the-parser.js"></script>
      ${tag('jeux.publisher.com', kitUrl(), 'defer')}`,
    );
    expect(made.error?.code).to.equal('CONFIG_INVALID');
    expect(page.document.querySelectorAll('script[src*="/kit/"], iframe')).to.have.length(0);
    expect(await source.requests()).to.deep.equal([]);
  });

  // An injected copy without attributes must not start a campaign before these.
  const list = 'data-allowed-hosts="jeux.publisher.com"';
  const late: Record<string, [before: string, after: string]> = {
    'on a deferred one before the element': [
      `<script defer src="${file}" ${list}></script>${tag(null, null)}`,
      '',
    ],
    'on one that does not run in time': [
      `${tag(null, null)}<script async src="/never.js" ${list}></script>`,
      '',
    ],
    'in script before an injected one that names other hosts': [
      `${tag(null, null)}<script>
        customElements.get('qualifio-campaign').allowedHosts = ['jeux.publisher.com'];
      </script>`,
      tag(),
    ],
  };
  for (const [where, [before, after]] of Object.entries(late)) {
    it(`do not override a list that is set ${where}`, async () => {
      const source = endpoint(giving(await token()));
      const asked = element({ 'auth-endpoint': source.url, 'prefetch-token': '' });
      const made = await outcome(before + after + asked);
      expect(made.error?.code).to.equal('HOST_NOT_ALLOWED');
      expect(await source.requests()).to.deep.equal([]);
    });
  }

  /** A `srcdoc` frame with this content, in a page with `around`. */
  async function framed(around: string, content: string): Promise<QualifioCampaign> {
    const inner = content.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    page = await OwnPage.open(`${around}<iframe title="Inner" srcdoc="${inner}"></iframe>`);
    const { contentDocument } = page.document.querySelector('iframe')!;
    const made = contentDocument!.querySelector('qualifio-campaign')!;
    await made.load().catch(() => undefined);
    return made;
  }

  for (const [what, around] of [
    ['whose tag has run', tag('jeux.publisher.com')],
    ['whose tag has not run', `<script async src="/never.js" ${list}></script>`],
    [
      'whose list is set in script',
      late['in script before an injected one that names other hosts']![0],
    ],
  ] as const) {
    it(`apply to srcdoc frames in a page ${what}`, async () => {
      const source = endpoint(giving(await token()));
      const asked = element({ 'auth-endpoint': source.url, 'prefetch-token': '' });
      const made = await framed(around, tag(null, null) + asked);
      expect(made.error?.code).to.equal('HOST_NOT_ALLOWED');
      const { ownerDocument } = made;
      expect(ownerDocument.querySelectorAll('script[src*="/kit/"], iframe')).to.have.length(0);
      expect(await source.requests()).to.deep.equal([]);
    });
  }

  it('let a campaign play in a srcdoc frame, with an endpoint of the page’s origin', async () => {
    const asked = element({ 'auth-endpoint': '/token' });
    const made = await framed(tag(), tag(null, null) + asked);
    expect([made.error, made.status]).to.deep.equal([null, 'ready']);
  });

  it('with an invalid list start no campaign', async () => {
    for (const hosts of [
      'https://jeux.publisher.com',
      '*',
      '*.publisher.com',
      `${stageHost},b.example`,
    ]) {
      const made = await outcome(tag(hosts) + element());
      expect(made.error?.code).to.be.oneOf(['CONFIG_INVALID', 'HOST_NOT_ALLOWED']);
      page.close();
    }
  });

  it('with a list that contains an invalid host start no campaign, and the error names it', async () => {
    const made = await outcome(tag(`https://jeux.publisher.com ${stageHost}`) + element());
    expect(made.error?.code).to.equal('CONFIG_INVALID');
    expect(made.error?.message).to.include(
      'hosts separated by spaces, not "https://jeux.publisher.com"',
    );
  });

  it('that are modules are ignored, with a warning in the console', async () => {
    page = await OwnPage.open(
      `<script>
        const told = []; console.warn = (text) => told.push(text);
      </script>${tag(null, null, 'type="module"')}
      <script type="module">
        document.querySelector('script[src]').dataset.allowedHosts = 'evil.example';
        customElements.get('qualifio-campaign').kitUrl = '${kitUrl()}';
      </script>`,
    );
    const warnings = await warningsDuring(async () => {
      const made = page.campaign();
      page.document.body.append(made);
      await made.load();
    }, page.window);
    expect(warnings.join()).to.match(/data-kit-url and data-allowed-hosts count only/);
  });
});

describe('a polluted prototype', () => {
  const pollution = `Object.assign(Object.prototype, {
    kitUrl: '/evil/kit.js', allowedHosts: 'evil.example', 'data-kit-url': '/evil/kit.js',
    trust: { kitUrl: '/evil/kit.js', allowedHosts: null, tags: [], listeners: new Set() },
    relays: {}, inspectors: {}, relayedIn: {}, src: '/evil/kit.js',
  });`;
  for (const [when, scripts] of [
    ['before the file runs', [pollution, tag()]],
    ['after it has run', [tag(), pollution]],
  ] as const) {
    it(`cannot choose kit or hosts: ${when}`, async () => {
      const markup = scripts.map((text) =>
        text === pollution ? `<script>${text}</script>` : text,
      );
      const made = await outcome(markup.join('') + element());
      expect(made.status).to.equal('ready');
      expect(page.element.kitUrl).to.equal(kitUrl());
      expect(page.element.allowedHosts).to.deep.equal([stageHost]);
      const sources = [...page.document.scripts].map((script) => script.getAttribute('src'));
      expect(sources.join()).not.to.include('evil');
    });
  }
});

it('a polluted prototype does not change the token request', async () => {
  const source = endpoint(giving(await token()));
  const pollution = `Object.assign(Object.prototype, { method: 'POST', body: 'evil' });`;
  const asked = element({ 'auth-endpoint': source.url, 'prefetch-token': '' });
  await outcome(`<script>${pollution}</script>${tag()}${asked}`);
  let requests = await source.requests();
  while (requests.length < 1) requests = await source.requests();
  expect(requests[0]!.method).to.equal('GET');
});

it('a polluted prototype chooses neither if the script tag has no settings', async () => {
  const pollution = `Object.assign(Object.prototype, {
    kitUrl: '/evil/kit.js', allowedHosts: 'evil.example',
    trust: { kitUrl: '/evil/kit.js', allowedHosts: ['evil.example'], tags: [], listeners: new Set() },
  });`;
  page = await OwnPage.open(`<script>${pollution}</script>${tag(null, null)}`);
  expect(page.element.kitUrl).to.equal('https://files.qualifio.com/kit/qualp.2.min.js');
  expect(page.element.allowedHosts).to.equal(null);
});

describe('QualifioCampaign.allowedHosts', () => {
  it('is null or a list of hosts; any other value throws a TypeError and changes nothing', async () => {
    page = await OwnPage.open();
    const Campaign = page.element as unknown as { allowedHosts: unknown };
    Campaign.allowedHosts = ['a.example', 'b.example:8443'];
    for (const wrong of [
      ...['', 'a.example', undefined, false, 0, {}, [1], [''], ['a.example', null]],
      ...[['https://a.example'], ['*.example'], ['a.example/'], new Set(['a.example'])],
    ]) {
      let thrown: unknown;
      try {
        Campaign.allowedHosts = wrong;
      } catch (error) {
        thrown = error;
      }
      expect(thrown, JSON.stringify(wrong)).to.be.instanceOf(page.window.TypeError);
      expect((thrown as TypeError).message).to.include('allowedHosts must be a list of hosts');
    }
    expect(Campaign.allowedHosts).to.deep.equal(['a.example', 'b.example:8443']);
  });

  it('is a copy that cannot be changed', async () => {
    page = await OwnPage.open();
    const hosts = ['a.example'];
    page.element.allowedHosts = hosts;
    hosts.push('evil.example');
    const given = page.element.allowedHosts as string[];
    expect(() => given.push('evil.example')).to.throw();
    expect(page.element.allowedHosts).to.deep.equal(['a.example']);
  });

  it('stops a running campaign that a new list does not allow', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const source = endpoint(giving(await token()));
    const made = page.campaign({ 'auth-endpoint': source.url });
    await stagePuppet(made, page.document.body);
    const failed = next<QualifioErrorEvent>(made, 'qualifio-error');
    page.element.allowedHosts = ['jeux.publisher.com'];
    expect((await failed).error).to.include({ code: 'HOST_NOT_ALLOWED', phase: 'config' });
    expect(made.frame).to.equal(null);
    page.element.allowedHosts = ['jeux.publisher.com', stageHost];
    await made.load();
    expect(made.status).to.equal('ready');
  });

  it('does not stop a running campaign that a new list allows', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const made = page.campaign({ 'auth-endpoint': endpoint(giving(await token())).url });
    const puppet = await stagePuppet(made, page.document.body);
    page.element.allowedHosts = ['jeux.publisher.com', stageHost.toUpperCase()];
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.have.length(1);
  });

  it('set right after the import applies to an element in the markup', async () => {
    const source = endpoint(giving(await token()));
    page = await OwnPage.open(
      `<script>console.warn = () => undefined;</script>
      ${element({ 'auth-endpoint': source.url, 'prefetch-token': '' })}
      <script type="module">
        const { QualifioCampaign } = await import('/src/index.ts');
        QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
      </script>`,
    );
    await page.window.customElements.whenDefined('qualifio-campaign');
    const made = page.document.querySelector('qualifio-campaign')!;
    await made.load().catch(() => undefined);
    expect(made.error?.code).to.equal('HOST_NOT_ALLOWED');
    expect(await source.requests()).to.deep.equal([]);
  });

  it('that does not allow a removed campaign reports nothing', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const made = page.campaign();
    await stagePuppet(made, page.document.body);
    made.remove();
    const told = recordEvents(made);
    page.element.allowedHosts = [];
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(made.status).to.equal('idle');
  });

  it('set by one copy applies to the elements of another', async () => {
    page = await OwnPage.open(tag(null) + library);
    const made = page.campaign();
    await stagePuppet(made, page.document.body);
    const { QualifioCampaign } = (await page.import('/src/index.ts')) as {
      QualifioCampaign: typeof page.element;
    };
    expect(QualifioCampaign).not.to.equal(page.element);
    const failed = next<QualifioErrorEvent>(made, 'qualifio-error');
    QualifioCampaign.allowedHosts = [];
    expect((await failed).error.code).to.equal('HOST_NOT_ALLOWED');
  });
});

describe('QualifioCampaign.kitUrl', () => {
  it('is fixed by the first start; later it warns and changes nothing', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = '/elsewhere/kit.js';
    page.element.kitUrl = kitUrl();
    await stagePuppet(page.campaign(), page.document.body);
    const warnings = await warningsDuring(async () => {
      page.element.kitUrl = '/elsewhere/kit.js';
    }, page.window);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('QualifioCampaign.kitUrl');
    expect(page.element.kitUrl).to.equal(kitUrl());
  });

  it('can be set to the same value without a warning', async () => {
    page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    const warnings = await warningsDuring(async () => {
      await stagePuppet(page.campaign(), page.document.body);
      page.element.kitUrl = kitUrl();
    }, page.window);
    expect(warnings).to.deep.equal([]);
  });

  it('set in script is not overridden by a later tag', async () => {
    page = await OwnPage.open(`${tag(null, null)}<script>
      customElements.get('qualifio-campaign').kitUrl = '${kitUrl()}';
    </script>${tag(null, '/elsewhere/kit.js')}`);
    expect(page.element.kitUrl).to.equal(kitUrl());
  });

  it('on a classic tag does not cause the warning for modules', async () => {
    page = await OwnPage.open(tag());
    const warnings = await warningsDuring(async () => {
      await stagePuppet(page.campaign(), page.document.body);
      await stagePuppet(page.campaign(), page.document.body);
    }, page.window);
    expect(warnings).to.deep.equal([]);
  });

  for (const url of [
    ...[
      'https://evil.example/kit/qualp.2.min.js',
      'https://files.qualifio.com.evil.example/kit.js',
    ],
    ...[
      'https://files.qualifio.com/other.js',
      'https://user@files.qualifio.com/kit/qualp.2.min.js',
    ],
    ...['data:text/javascript,0', 'blob:http://localhost/x', 'file:///kit.js', 'http://['],
    ...['ftp://localhost/kit.js', 'xhttp://localhost/kit.js', 'httpx://localhost/kit.js'],
    ...['http://user@localhost/kit.js', 'http://:word@localhost/kit.js'],
  ]) {
    it(`must be Qualifio’s, of the page’s origin or loopback, and not ${url}`, async () => {
      page = await OwnPage.open('<script>console.warn = () => undefined;</script>' + library);
      page.element.kitUrl = url;
      const made = page.campaign();
      page.document.body.append(made);
      await made.load().catch(() => undefined);
      expect(made.error?.code).to.equal('CONFIG_INVALID');
      expect(made.error?.message)
        .to.include('QualifioCampaign.kitUrl')
        .and.include('or an address of this origin');
      expect(page.document.querySelector('script[src*="kit"]')).to.equal(null);
    });
  }
});

describe('an injected <base>', () => {
  const base = `<base href="http://${stageHost}/evil/">`;

  it('does not change the kit URL', async () => {
    page = await OwnPage.open(base + library.replace('src="', `src="${location.origin}`));
    page.element.kitUrl = '/kit/qualp.2.min.js';
    const made = page.campaign({ 'kit-timeout': '1' });
    page.document.body.append(made);
    await made.load().catch(() => undefined);
    expect(page.document.querySelector<HTMLScriptElement>('script[src*="qualp"]')?.src).to.equal(
      `${location.origin}/kit/qualp.2.min.js`,
    );
  });

  for (const [name, value] of [
    ['auth-endpoint', '/qualifio/token'],
    ['auth-endpoint', 'token'],
    ['login-url', '/login'],
    ['login-url', '?login'],
  ] as const) {
    it(`does not change ${name}="${value}": CONFIG_INVALID names both`, async () => {
      page = await OwnPage.open(
        `<script>console.warn = () => undefined;</script>${base}${library.replace('src="', `src="${location.origin}`)}`,
      );
      page.element.kitUrl = kitUrl();
      const made = page.campaign({ [name]: value });
      page.document.body.append(made);
      await made.load().catch(() => undefined);
      expect(made.error?.code).to.equal('CONFIG_INVALID');
      expect(made.error?.message).to.include(name).and.include('<base>');
    });
  }

  it('does not choose the window of the login link with its target', async () => {
    page = await OwnPage.open(`<base target="elsewhere">${library}`);
    page.element.kitUrl = kitUrl();
    const source = endpoint({ status: 401 });
    const made = page.campaign({ 'auth-endpoint': source.url, 'login-url': '/login' });
    const puppet = await stagePuppet(made, page.document.body);
    const required = next(made, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    await made.updateComplete;
    expect(made.shadowRoot!.querySelector('a')).to.have.property('target', '_self');
  });

  it('of the page’s own origin is used, and does not affect absolute URLs', async () => {
    const own = `<base href="${location.origin}/app/">`;
    page = await OwnPage.open(own + library.replace('src="', `src="${location.origin}`));
    page.element.kitUrl = kitUrl();
    const more = { 'auth-endpoint': 'token', 'login-url': 'https://publisher.example/login' };
    await stagePuppet(page.campaign(more), page.document.body);
  });
});

describe('window properties that markup overrides and Lit uses', () => {
  for (const name of [
    'litPropertyMetadata',
    'reactiveElementVersions',
    'reactiveElementPolyfillSupport',
  ]) {
    for (const path of [file, builtFile]) {
      it(`do not prevent the definition of the element: ${name}, ${path}`, async () => {
        const markup = `<a id="${name}"></a>${tag().replace(file, path)}${element()}`;
        expect((await outcome(markup)).status).to.equal('ready');
      });
    }
  }
});

it('a closed shadow root in the markup does not stop the element', async () => {
  const markup = '<template shadowrootmode="closed"><p>Not ours</p></template></qualifio-campaign>';
  const own = element().replace('</qualifio-campaign>', markup);
  const made = await outcome(own + tag(stageHost, kitUrl(), 'defer'));
  await made.updateComplete;
  expect(made).to.include({ status: 'ready', shadowRoot: null });
});

describe('document properties that markup overrides', () => {
  for (const lure of [
    ...['getElementById', 'addEventListener', 'createElement', 'querySelectorAll', 'scripts'].map(
      (name) => `<img name="${name}" alt="">`,
    ),
    // Both values are callable.
    '<object name="createElement"></object><embed name="createElement">',
    '<iframe name="head" title="lure"></iframe>',
    '<form name="head"><input name="append"></form>',
    '<form name="body"><input name="append"><input name="nodeType"></form>',
    '<form name="activeElement"><input name="focus"></form>',
    `<iframe name="navigation" title="lure" src="http://${stageHost}/"></iframe>`,
    '<img name="readyState" alt=""><img name="baseURI" alt=""><img name="hidden" alt="">',
  ]) {
    it(`do not break a campaign, or cause an error in time: ${lure}`, async () => {
      page = await OwnPage.open(`<script>console.warn = () => undefined;</script>${library}`);
      page.element.kitUrl = kitUrl();
      // Not every supported browser has it.
      Reflect.deleteProperty(page.window, 'navigation');
      const jwt = await token();
      const source = endpoint({ status: 401 }, giving(jwt));
      const made = page.campaign({ 'auth-endpoint': source.url, 'kit-timeout': '2000' });
      const { body } = page.document;
      const place = page.document.createElement('div');
      body.append(place);
      place.innerHTML = lure;
      body.append(made);
      const error = await made.load().then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) {
        const puppet = new Puppet(made.frame!, page.window);
        const required = next(made, 'qualifio-login-required');
        await puppet.say('isLoggedIn');
        await required;
        await made.updateComplete;
        // The same as after a login in another tab.
        page.window.dispatchEvent(new Event('focus'));
        expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
      } else {
        // The kit itself uses this address.
        expect(lure).to.match(/getElementById|createElement/);
        expect(error).to.have.property('code', 'KIT_TIMEOUT');
      }
      place.remove();
    });
  }
});

describe('the effects of a frame', () => {
  let made: QualifioCampaign;
  afterEach(() => made.remove());

  /** How often an event was dispatched. */
  const count = (told: readonly string[], name: string): number =>
    told.filter((event) => event.split(' ')[0] === name).length;

  async function stage(attributes: Record<string, string> = {}) {
    const source = endpoint(giving(await token()), giving(await token()), giving(await token()));
    const given: string[] = [];
    made = campaign(attributes);
    made.tokenProvider = async () => {
      given.push(await token());
      return given.at(-1)!;
    };
    const puppet = await stagePuppet(made);
    return { puppet, given, source, told: recordEvents(made) };
  }

  it('are limited to four tokens a minute, for requests and refusals', async () => {
    const { puppet, given } = await stage();
    for (let time = 1; time <= 12; time += 2) {
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(Math.min(time, 4));
      await puppet.say('error', { code: 'TOKEN_EXPIRED' });
      await puppet.awaitMessages(Math.min(time + 1, 4));
      await nextTask();
    }
    expect(given).to.have.length(4);
    expect(await puppet.received()).to.have.length(4);
  });

  it('are limited to four tokens a minute if each has expired and is requested again', async () => {
    const exp = Math.floor(Date.now() / 1000) - 1;
    const source = endpoint(giving(await token({ exp })));
    made = campaign({ 'auth-endpoint': source.url });
    const puppet = await stagePuppet(made);
    for (let time = 0; time < 4; time++) {
      const failed = next(made, 'qualifio-error');
      await puppet.say('isLoggedIn');
      if (time < 2) await failed;
    }
    expect(await source.requests()).to.have.length(4);
  });

  it('count a token from the time it was sent, because a login can come first', async () => {
    made = campaign();
    let asked = 0;
    made.tokenProvider = async () => (++asked === 1 ? null : token());
    const puppet = await stagePuppet(made);
    const required = next(made, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    await later(59_000, async () => expect(await made.resume()).to.equal(true));
    await later(61_000, async () => {
      for (let time = 2; time <= 5; time++) {
        await puppet.say('isLoggedIn');
        await puppet.awaitMessages(Math.min(time, 4));
        await nextTask();
      }
    });
    expect(await puppet.received()).to.have.length(4);
  });

  it('are limited to four answers about the pre-login screen a minute', async () => {
    const { puppet, told } = await stage();
    await puppet.say('requestParticipantAction', {}, 200);
    await puppet.awaitMessages(4);
    expect(count(told, 'participant-action')).to.equal(4);
    expect(await puppet.received()).to.have.length(4);
  });

  it('are limited to four errors a minute', async () => {
    const { puppet, told } = await stage();
    for (let time = 0; time < 20; time++) {
      await puppet.say('error', { code: 'UNKNOWN' });
      await puppet.say('error', { code: 'TOKEN_INVALID_FORMAT' });
    }
    expect(count(told, 'error')).to.equal(4);
  });

  it('are limited to sixty relayed messages a minute', async () => {
    const { puppet, told } = await stage({ relay: 'step' });
    await puppet.say('step', {}, 200);
    expect(count(told, 'message')).to.equal(60);
  });

  it('are reported again in the next minute', async () => {
    const { puppet, told } = await stage({ relay: 'step' });
    await puppet.say('step', {}, 61);
    await later(60_001, () => puppet.say('step', {}, 61));
    expect(count(told, 'message')).to.equal(120);
  });

  it('are answered in time, even if a listener’s promise is pending', async () => {
    const { puppet } = await stage({ 'token-timeout': '50' });
    made.addEventListener('qualifio-participant-action', (event) =>
      event.respondWith(new Promise(() => {})),
    );
    await puppet.say('requestParticipantAction');
    expect(await puppet.awaitMessages(1)).to.deep.equal([
      { name: 'requestParticipantAction', data: true },
    ]);
  });

  it('are limited to four session checks a minute, even if it moves the focus', async () => {
    let asked = 0;
    made = campaign();
    made.tokenProvider = async () => {
      asked++;
      return null;
    };
    const puppet = await stagePuppet(made);
    const required = next(made, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    const { now } = performance;
    let ahead = 0;
    performance.now = () => now.call(performance) + ahead;
    try {
      for (let look = 1; look <= 4; look++) {
        ahead += 5001;
        window.dispatchEvent(new Event('focus'));
        // A request joins one in progress.
        while (asked < look + 1) await nextTask();
        await nextTask();
      }
      ahead += 5001;
      const [timer] = await timersDuring(async () => window.dispatchEvent(new Event('focus')));
      expect(timer?.milliseconds).to.be.within(30_000, 40_000);
      await nextTask();
      expect(asked).to.equal(5);
    } finally {
      performance.now = now;
    }
  });
});

describe('the static properties of RegExp', () => {
  const statics = ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1'] as const;
  const kept = (): string =>
    statics.map((name) => Reflect.get(page.window.RegExp, name) as string).join('\n');

  // A minifier may remove code that seems to have no effect.
  for (const [what, script] of [
    ['with the sources', file],
    ['with the built file', builtFile],
  ] as const) {
    it(`contain no part of a sent or prefetched token, ${what}`, async () => {
      page = await OwnPage.open(tag(null).replace(file, script));
      const jwt = await token();
      const secrets = jwt.split('.');
      const source = endpoint(giving(jwt));
      const made = page.campaign({ 'auth-endpoint': source.url, 'prefetch-token': '' });
      const puppet = await stagePuppet(made, page.document.body);
      while ((await source.requests()).length < 1);
      await nextTask();
      for (const secret of secrets) expect(kept()).not.to.include(secret);
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      for (const secret of secrets) expect(kept()).not.to.include(secret);
      // An example of such a message.
      new page.window.RegExp('.+').test(jwt);
      expect(kept()).to.include(jwt);
      new page.window.RegExp('').test('');
    });
  }
});

describe('a session that ends or changes', () => {
  let made: QualifioCampaign;
  afterEach(() => made.remove());

  async function prefetched() {
    const source = endpoint(giving(await token()), giving(await token()));
    made = campaign({ 'auth-endpoint': source.url, 'prefetch-token': '' });
    const puppet = await stagePuppet(made);
    while ((await source.requests()).length < 1);
    await nextTask();
    return { source, puppet };
  }

  for (const [what, happens, requests] of [
    ['the page gets focus', () => window.dispatchEvent(new Event('focus')), 2],
    ['the page loses focus', () => window.dispatchEvent(new Event('blur')), 2],
    ['resume() is called', () => made.resume(), 2],
    ['nothing happens', () => undefined, 1],
  ] as const) {
    it(`drops a prefetched token when ${what}: ${requests} requests`, async () => {
      const { source, puppet } = await prefetched();
      await happens();
      await nextTask();
      await puppet.say('isLoggedIn');
      await puppet.awaitMessages(1);
      expect(await source.requests()).to.have.length(requests);
    });
  }

  it('is not assumed when the focus moves into the campaign’s frame', async () => {
    const { source, puppet } = await prefetched();
    made.frame!.focus();
    window.dispatchEvent(new Event('blur'));
    await nextTask();
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    expect(await source.requests()).to.have.length(1);
  });

  it('does not use an earlier request: resume() sends a new one', async () => {
    const answers: ((jwt: string) => void)[] = [];
    const signals: AbortSignal[] = [];
    made = campaign();
    made.tokenProvider = ({ signal }) => {
      signals.push(signal);
      return new Promise((resolve) => answers.push(resolve));
    };
    const puppet: Puppet = await stagePuppet(made);
    await puppet.say('isLoggedIn');
    while (answers.length < 1) await nextTask();
    const resumed = made.resume();
    while (answers.length < 2) await nextTask();
    expect(signals[0]!.aborted).to.equal(true);
    answers[0]!(await token());
    const jwt = await token();
    answers[1]!(jwt);
    expect(await resumed).to.equal(true);
    expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('is assumed when the focus moves into another frame, such as a login', async () => {
    // The focus was in a frame that was removed.
    window.focus();
    const { source, puppet } = await prefetched();
    const login = document.createElement('iframe');
    login.title = 'Log in';
    document.body.append(login);
    login.focus();
    window.dispatchEvent(new Event('blur'));
    await nextTask();
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    expect(await source.requests()).to.have.length(2);
    login.remove();
  });
});
