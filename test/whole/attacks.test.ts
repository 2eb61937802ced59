import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { QualifioCampaign, QualifioError, type QualifioErrorEvent } from '../../src/index.js';
import { checkHost } from '../../src/page/page-trust.js';
import { isHost } from '../../src/config/host.js';
import { kitUrl, library, OwnPage } from '../support/own-page.js';
import {
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  recordEvents,
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
