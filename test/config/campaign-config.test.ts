import { expect } from '@open-wc/testing';
import { QualifioCampaign } from '../../src/index.js';
import { readUrl } from '../../src/config/campaign-config.js';
import { failure } from '../support/failure.js';
import { OwnPage } from '../support/own-page.js';
import { paste, tag } from '../support/pasted-tag.js';
import {
  campaign,
  endpoint,
  freshId,
  next,
  recordEvents,
  stageHost,
  stagePuppet,
  technicalId,
  token,
} from '../support/stage.js';
import { nextTask } from '../support/watch.js';

const guid = 'D2719A5E-0C4B-4E7F-9A13-5B6E8F704C21';

/** The reason with which `promise` rejects. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('It was fulfilled.'),
    (reason: unknown) => reason,
  );
}

describe('the configuration', () => {
  let element: QualifioCampaign;
  const { allowedHosts, kitUrl } = QualifioCampaign;
  afterEach(() => {
    element?.remove();
    QualifioCampaign.allowedHosts = allowedHosts;
  });

  // @holds P9, T4
  describe('refuses and names', () => {
    const unsafe = [
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'data:text/html,x',
      'blob:https://publisher.example/x',
      'file:///etc/passwd',
      'ftp://publisher.example/',
      'http://publisher.example/token',
      'http://localhost.evil.example/token',
      'https://user:pass@publisher.example/token',
      'https://user@publisher.example/token',
      'https://:pass@publisher.example/token',
      'https://',
      'http://[',
    ];
    const bad: Record<string, readonly string[]> = {
      'campaign-id': [
        '',
        '12a',
        '-1',
        '1.5',
        ' 7',
        '7 ',
        '٣',
        'qualifio_insert_place_7',
        '1'.repeat(21),
      ],
      'channel-id': ['', 'B7FDCFDA', `{${guid}}`, `${guid}0`, guid.replace('D', 'G'), `${guid}/..`],
      host: ['', 'https://jeux.publisher.com', 'jeux.publisher.com/x', 'a@b.example', '0x7f.1'],
      width: ['wide', '100vw', '-1', 'calc(1px)', '100%;x:y', '1e3'],
      height: ['tall', '100vh', '-1', 'auto', '1 200'],
      'frame-style': ['color:red"><img src=x onerror=alert(1)>', 'a<b', 'a>b', '"'],
      loading: ['eagre', 'manually', 'true'],
      'pre-login': ['sometimes', 'true'],
      'token-timeout': ['soon', '0', '-1', 'Infinity', 'NaN', '2147483648'],
      'kit-timeout': ['soon', '0', '-1', 'Infinity', 'NaN', '2147483648'],
      'auth-endpoint': unsafe,
      'login-url': unsafe,
    };
    const fixes: Record<string, string> = {
      'campaign-id': 'the digits of qualifio_insert_place_<number>',
      'channel-id': 'a GUID',
      host: 'a bare hostname',
      width: 'pixels or a percentage',
      height: 'pixels or a percentage',
      'frame-style': 'CSS without <, > or "',
      loading: 'eager or lazy or manual',
      'pre-login': 'always or auto or never',
      'token-timeout': 'milliseconds above 0',
      'kit-timeout': 'milliseconds above 0',
      'auth-endpoint': 'an https URL (http on loopback)',
      'login-url': 'an https URL (http on loopback)',
    };
    for (const [attribute, values] of Object.entries(bad)) {
      for (const value of values) {
        it(`${attribute}=${JSON.stringify(value.slice(0, 50))}`, async () => {
          element = campaign({ [attribute]: value });
          const error = await failure(element);
          expect(error).to.include({ code: 'CONFIG_INVALID', phase: 'config', recoverable: false });
          expect(error.message).to.contain(`${attribute} must be ${fixes[attribute]}`);
        });
      }
    }

    for (const attribute of ['campaign-id', 'channel-id', 'host']) {
      it(`a missing ${attribute}`, async () => {
        element = campaign();
        element.removeAttribute(attribute);
        expect((await failure(element)).message).to.match(new RegExp(`^${attribute} .*, not ""`));
      });
    }

    it('an unreadable pasted tag, even with every attribute set', async () => {
      element = campaign();
      paste(element, '<p>Ask Qualifio for the tag</p>');
      const error = await failure(element);
      expect(error.code).to.equal('CONFIG_INVALID');
      expect(error.message).to.match(/pasted tag/);
    });
  });

  it('is checked before anything is requested or added to the page', async () => {
    const source = endpoint({ status: 401 });
    const kit = endpoint({ type: 'text/javascript', body: '' });
    const page = await OwnPage.open();
    page.element.kitUrl = kit.url;
    element = page.campaign({
      'auth-endpoint': source.url,
      'prefetch-token': '',
      'login-url': 'data:,',
    });
    const failed = next(element, 'qualifio-error');
    page.document.body.append(element);
    await failed;
    expect(element.querySelector('div, iframe')).to.equal(null);
    expect(await kit.requests()).to.deep.equal([]);
    expect(await source.requests()).to.deep.equal([]);
    page.close();
  });

  it('rejects load() with the same error', async () => {
    element = campaign({ loading: 'manual', host: '' });
    const error = await failure(element);
    expect(await rejection(element.load())).to.include({
      code: error.code,
      message: error.message,
    });
  });

  const fixed: Record<string, [wrong: string, right: string]> = {
    'channel-id': ['x', '00000000-0000-0000-0000-000000000009'],
    'auth-endpoint': ['http://publisher.example/token', '/token'],
    'login-url': ['javascript:void 0', '/login'],
    'pre-login': ['sometimes', 'auto'],
    'token-timeout': ['soon', '5000'],
    'kit-timeout': ['0', '15000'],
    loading: ['eagre', 'eager'],
    width: ['wide', '50%'],
    height: ['high', '800'],
  };
  for (const [attribute, [wrong, right]] of Object.entries(fixed)) {
    // @holds F22
    it(`is read again when ${attribute} is corrected`, async () => {
      element = campaign({ [attribute]: wrong });
      await failure(element);
      const ready = next(element, 'qualifio-ready');
      element.setAttribute(attribute, right);
      await ready;
      expect(element).to.include({ status: 'ready', error: null });
    });
  }

  it('is not read again for functions and texts that change at each rendering', async () => {
    element = campaign({ width: 'wide' });
    Object.assign(element, { strings: {}, tokenProvider: async () => null });
    await failure(element);
    const told = recordEvents(element);
    Object.assign(element, { strings: {}, tokenProvider: async () => null });
    await element.updateComplete;
    await nextTask();
    expect(told).to.deep.equal([]);
  });

  it('accepts a campaign id as a number, as frameworks set it', async () => {
    const jwt = await token();
    element = campaign();
    const tokenCampaignId = Number(technicalId);
    Object.assign(element, { campaignId: 20_261_126, tokenCampaignId, tokenTimeout: '5000' });
    element.tokenProvider = async () => jwt;
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    Object.assign(element, { campaignId: -5 });
    expect((await failure(element)).message)
      .to.include('campaign-id')
      .and.include('"-5"');
  });

  it('has the defaults of Qualifio’s tag', async () => {
    element = campaign();
    await stagePuppet(element);
    const frame = element.frame!;
    expect(frame.getAttribute('width')).to.equal('100%');
    expect(frame.getAttribute('height')).to.equal('1200');
    expect(frame.style.maxWidth).to.equal('810px');
    expect(frame.style.marginLeft).to.equal('auto');
    const { loading, preLogin, tokenTimeout, kitTimeout, prefetchToken, tokenProvider } = element;
    expect({
      loading,
      preLogin,
      tokenTimeout,
      kitTimeout,
      prefetchToken,
      tokenProvider,
    }).to.deep.equal({
      loading: 'eager',
      preLogin: 'always',
      tokenTimeout: 10_000,
      kitTimeout: 15_000,
      prefetchToken: false,
      tokenProvider: null,
    });
  });

  // @holds P1, T3
  it('loads the kit from Qualifio unless script sets another URL', () => {
    expect(kitUrl).to.equal('https://files.qualifio.com/kit/qualp.2.min.js');
    expect(allowedHosts).to.equal(null);
  });

  for (const [attribute, value] of [
    ['loading', 'EAGER'],
    ['pre-login', 'Auto'],
    ['width', '50%'],
    ['height', '600px'],
    ['auth-endpoint', '/qualifio/token?site=1'],
    ['auth-endpoint', 'https://publisher.example/token'],
    ['auth-endpoint', 'http://www.publisher.localhost:4000/token'],
    ['login-url', 'login?next=1#form'],
    ['login-url', 'https://publisher.example/login'],
    ['token-timeout', '1'],
  ] as const) {
    it(`accepts ${attribute}=${value}`, async () => {
      element = campaign({ [attribute]: value });
      await stagePuppet(element);
      expect(element.status).to.equal('ready');
    });
  }

  describe('with QualifioCampaign.allowedHosts', () => {
    const listed = stageHost.toUpperCase();

    it('runs a campaign on a listed host', async () => {
      element = campaign();
      QualifioCampaign.allowedHosts = ['jeux.publisher.com', listed];
      await stagePuppet(element);
      expect(element.status).to.equal('ready');
    });

    for (const [what, hosts, host] of [
      ['an empty list', [], 'jeux.publisher.com'],
      ['another host', ['jeux.publisher.com'], 'jeux.other.com'],
      ['a suffix', ['publisher.com'], 'jeux.publisher.com'],
      ['a subdomain', ['jeux.publisher.com'], 'a.jeux.publisher.com'],
      ['a host that begins with it', ['jeux.publisher.com'], 'jeux.publisher.com.evil.com'],
      ['another port', ['jeux.publisher.com'], 'jeux.publisher.com:8443'],
    ] as const) {
      // @holds P1
      it(`refuses a host with ${what} before a request`, async () => {
        element = campaign({ host });
        QualifioCampaign.allowedHosts = hosts;
        const error = await failure(element);
        expect(error).to.include({ code: 'HOST_NOT_ALLOWED', phase: 'config' });
        expect(error.message).to.contain(host).and.to.contain('allowedHosts');
        expect(element.querySelector('div, iframe')).to.equal(null);
      });
    }

    it('also refuses the host of a pasted tag', async () => {
      element = campaign();
      for (const name of ['campaign-id', 'channel-id', 'host']) element.removeAttribute(name);
      paste(element, tag(freshId()));
      QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
      expect((await failure(element)).code).to.equal('HOST_NOT_ALLOWED');
    });
  });

  it('resolves URLs against the document’s base', () => {
    const base = `${location.origin}/a/b/`;
    expect(readUrl('login-url', '../login', base)?.href).to.equal(`${location.origin}/a/login`);
    expect(readUrl('login-url', '', base)).to.equal(null);
  });

  for (const [what, base] of [
    ['a page whose URL has a user and a password', location.href.replace('//', '//user:pass@')],
    ['a <base> with a user', `${location.origin.replace('//', '//user@')}/a/b`],
    ['a blob: page', `blob:${location.origin}/0`],
    ['an about: page', 'about:blank'],
    ['a srcdoc page', 'about:srcdoc'],
  ] as const) {
    it(`does not refuse an attribute because of ${what}`, () => {
      const { origin } = location;
      expect(readUrl('auth-endpoint', '/token', base)?.href).to.equal(`${origin}/token`);
      expect(readUrl('auth-endpoint', `${origin}/token`, base)?.href).to.equal(`${origin}/token`);
      const named = origin.replace('//', '//user:pass@');
      expect(() => readUrl('auth-endpoint', named, base)).to.throw(/without user and password/);
      expect(() => readUrl('auth-endpoint', '//a:b@localhost/', `${origin}/`)).to.throw();
    });
  }

  for (const [value, found] of [
    ['http://publisher.example/token', 'http://publisher.example'],
    ['javascript:void 0', 'javascript:'],
    ['https://', 'an invalid URL'],
  ] as const) {
    it(`names what ${value} is`, () => {
      expect(() => readUrl('auth-endpoint', value, location.href)).to.throw(`, not ${found}.`);
    });
  }
});
