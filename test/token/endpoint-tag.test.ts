import { expect } from '@open-wc/testing';
import { QualifioCampaign, type QualifioErrorEvent } from '../../src/index.js';
import { failure } from '../support/failure.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import { paste, tag as pastedTag } from '../support/pasted-tag.js';
import {
  campaign,
  endpoint,
  endpointThatWaits,
  freshId,
  giving,
  next,
  recordEvents,
  stageHost,
  stagePuppet,
  technicalId,
  token,
  type Answer,
} from '../support/stage.js';
import { taskWithoutTimer } from '../support/task.js';
import { retries, withoutPauses } from '../support/token-request.js';
import { eventually, nextTask, rejectionsDuring, timersDuring } from '../support/watch.js';

const channelId = '00000000-0000-0000-0000-00000000ABCD';

/** The endpoint's values for a campaign. */
function tagAnswer(more: object = {}): Answer {
  return { body: JSON.stringify({ tag: { channelId, host: stageHost, ...more } }) };
}

let element: QualifioCampaign;
let restore: () => void;
beforeEach(() => (restore = withoutPauses()));
afterEach(() => {
  restore();
  element?.remove();
  QualifioCampaign.allowedHosts = null;
});

/** An element with only two attributes. */
function twoAttributes(url: string, more: Record<string, string> = {}): QualifioCampaign {
  const made = campaign();
  for (const name of ['channel-id', 'host']) made.removeAttribute(name);
  for (const [name, value] of Object.entries({ 'auth-endpoint': url, ...more })) {
    made.setAttribute(name, value);
  }
  return (element = made);
}

describe('only campaign-id and auth-endpoint', () => {
  it('run a campaign with the endpoint’s tag and token', async () => {
    const jwt = await token();
    const source = endpoint(tagAnswer({ tokenCampaignId: technicalId }), giving(jwt));
    twoAttributes(source.url);
    const told = recordEvents(element);
    const puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    expect(told).to.deep.equal([
      'status-change loading',
      'status-change ready',
      'ready',
      'status-change authenticating',
      'status-change token-sent',
      'token-sent',
    ]);
    const [asked] = await source.requests();
    const { searchParams } = new URL(asked!.url, location.href);
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      ...{ of: 'a-test', campaignId: element.campaignId, part: 'tag' },
    });
    expect(asked!.headers).to.include({ 'x-requested-with': 'qualifio-campaign' });
  });

  it('require the claim that the endpoint declares', async () => {
    const source = endpoint(
      tagAnswer({ tokenCampaignId: Number(technicalId) }),
      giving(await token({ campaignId: '1' })),
    );
    const puppet = await stagePuppet(twoAttributes(source.url));
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    await puppet.say('isLoggedIn');
    expect((await failed).error.code).to.equal('TOKEN_WRONG_CAMPAIGN');
  });

  it('request the tag from another origin without cookies', async () => {
    document.cookie = 'session=s-1; path=/';
    const { url, requests } = endpoint(tagAnswer());
    await stagePuppet(twoAttributes(url.replace('127.0.0.1', 'localhost')));
    document.cookie = 'session=; path=/; max-age=0';
    expect((await requests())[0]!.headers).not.to.have.property('cookie');
  });

  it('load the kit during the request to the endpoint', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = kitUrl();
    element = page.campaign({ 'auth-endpoint': endpoint({ hold: 'headers' }).url });
    for (const name of ['channel-id', 'host']) element.removeAttribute(name);
    page.document.body.append(element);
    const isKit = ({ name }: PerformanceEntry): boolean => name.includes('/kit/');
    await eventually(() => page.window.performance.getEntriesByType('resource').some(isKit));
    expect(element.status).to.equal('loading');
    page.close();
  });

  it('are overridden by attributes, one by one', async () => {
    const given = { width: '55%', height: '333', frameStyle: 'border:0' };
    const source = endpoint(tagAnswer({ ...given, tokenCampaignId: '1' }), giving(await token()));
    twoAttributes(source.url, { height: '444', 'token-campaign-id': technicalId });
    const puppet = await stagePuppet(element);
    expect(element.frame!.getAttribute('width')).to.equal('55%');
    expect(element.frame!.getAttribute('height')).to.equal('444');
    expect(element.frame!.style.borderStyle).to.equal('none');
    await puppet.say('isLoggedIn');
    expect(await puppet.awaitMessages(1)).to.have.length(1);
  });

  it('use the defaults of Qualifio’s tag for missing values', async () => {
    await stagePuppet(twoAttributes(endpoint(tagAnswer()).url));
    expect(element.frame!.getAttribute('width')).to.equal('100%');
    expect(element.frame!.getAttribute('height')).to.equal('1200');
    expect(element.frame!.style.maxWidth).to.equal('810px');
  });

  it('reserve a height until the endpoint answers, without a later layout shift', async () => {
    const source = endpointThatWaits();
    document.body.append(twoAttributes(source.url));
    await element.updateComplete;
    expect(element.offsetHeight).to.equal(1200);
    const heights: number[] = [];
    const observer = new ResizeObserver(() => heights.push(element.offsetHeight));
    observer.observe(element);
    source.answer(tagAnswer({ height: 640 }));
    await element.load();
    await eventually(() => heights.at(-1) === 640);
    observer.disconnect();
    expect(heights.filter((height) => height !== 1200 && height !== 640)).to.deep.equal([]);
    expect(heights.lastIndexOf(1200)).to.be.lessThan(heights.indexOf(640));
  });

  for (const [what, minHeight, tagHeight] of [
    ['reserves the campaign’s height', '640px', 640],
    ['reserves a larger height', '2000px', 640],
  ] as const) {
    it(`cause no layout shift on a page that ${what}`, async () => {
      const source = endpointThatWaits();
      twoAttributes(source.url).style.cssText = `display: block; min-height: ${minHeight}`;
      document.body.append(element);
      await element.updateComplete;
      const heights = [element.offsetHeight];
      const observer = new ResizeObserver(() => heights.push(element.offsetHeight));
      observer.observe(element);
      source.answer(tagAnswer({ height: tagHeight }));
      await element.load();
      await element.updateComplete;
      await nextTask();
      observer.disconnect();
      expect(new Set([...heights, element.offsetHeight])).to.deep.equal(
        new Set([parseFloat(minHeight)]),
      );
    });
  }

  it('send no request until the campaign starts', async () => {
    const source = endpoint(tagAnswer());
    document.body.append(twoAttributes(source.url, { loading: 'manual' }));
    await element.updateComplete;
    await nextTask();
    expect(await source.requests()).to.deep.equal([]);
    await element.load();
    expect(element.status).to.equal('ready');
  });

  it('send no request if a tag is pasted, even during the request', async () => {
    twoAttributes(endpoint({ hold: 'headers' }).url, { 'campaign-id': '' });
    const id = freshId();
    paste(element, pastedTag(id));
    await stagePuppet(element);
    expect(element.frame!.parentElement!.id).to.equal(`qualifio_insert_place_${id}`);
    element.remove();
    twoAttributes(endpoint({ hold: 'headers' }).url);
    document.body.append(element);
    await element.updateComplete;
    paste(element, pastedTag(element.campaignId));
    await element.load();
    expect(element.status).to.equal('ready');
  });

  it('restart with another endpoint, but not for attributes that apply at their next use', async () => {
    const silent = endpoint({ hold: 'headers' });
    document.body.append(twoAttributes(silent.url));
    await eventually(async () => (await silent.requests()).length === 1);
    element.loginUrl = '/login';
    element.height = '500';
    await element.updateComplete;
    await nextTask();
    expect(await silent.requests()).to.have.length(1);
    element.authEndpoint = endpoint(tagAnswer()).url;
    await element.load();
    expect(element.frame!.getAttribute('height')).to.equal('500');
  });

  it('wait for a pasted tag that is not parsed yet', async () => {
    const id = freshId();
    const source = endpoint(tagAnswer());
    const page = await OwnPage.open(`<script src="/dist/qualifio-campaign.min.js"
      data-kit-url="${kitUrl()}"></script>
      <qualifio-campaign campaign-id="${id}" auth-endpoint="${source.url}">
      <template>${pastedTag(id)}</template></qualifio-campaign>`);
    element = page.document.querySelector('qualifio-campaign')!;
    await element.load();
    expect(element.frame!.getAttribute('width')).to.equal('640');
    expect(await source.requests()).to.deep.equal([]);
    page.close();
  });

  it('retry after a temporary failure', async () => {
    const source = endpoint({ status: 503 }, { reset: true }, tagAnswer());
    await stagePuppet(twoAttributes(source.url));
    expect((await source.requests()).length).to.be.above(1);
  });

  it('run each of several campaigns', async () => {
    const first = twoAttributes(endpoint(tagAnswer()).url);
    const second = twoAttributes(endpoint(tagAnswer()).url);
    document.body.append(first, second);
    await Promise.all([first.load(), second.load()]);
    expect([first.status, second.status]).to.deep.equal(['ready', 'ready']);
    first.remove();
  });
});

describe('an endpoint that does not return channel and host', () => {
  const answers: Record<string, [Answer, answered: RegExp, httpStatus?: number]> = {
    'answers 404': [{ status: 404 }, /answered 404\b/, 404],
    'answers 401': [{ status: 401 }, /answered 401\b/, 401],
    'answers 403': [{ status: 403 }, /answered 403\b/, 403],
    'answers 503 three times': [{ status: 503 }, /answered 503\b/, 503],
    'answers 204': [{ status: 204 }, /answered 204\b/, 204],
    redirects: [{ status: 302, headers: { Location: '/login' } }, /a redirect/],
    'answers HTML': [
      { type: 'text/html', body: '<!doctype html>' },
      /200 \(text\/html\) with an HTML page, not JSON/,
    ],
    'answers incomplete JSON': [
      { body: '{"tag":' },
      /200 \(application\/json\) with broken JSON, not JSON/,
    ],
    'answers a token': [{ body: '{"token":"a.b.c"}' }, /without a "tag"/],
    'answers a list': [{ body: '[]' }, /without a "tag"/],
    'answers a tag that is text': [{ body: '{"tag":"x"}' }, /without a "tag"/],
    'names no host': [tagAnswer({ host: undefined }), /no usable "host"/],
    'names a URL as host': [tagAnswer({ host: 'https://jeux.publisher.com' }), /no usable "host"/],
    'names no channel': [tagAnswer({ channelId: null }), /no usable "channelId"/],
    'names a channel that is not a GUID': [tagAnswer({ channelId: 'x' }), /no usable "channelId"/],
    'returns a list of hosts': [tagAnswer({ host: [stageHost] }), /no usable "host"/],
    'returns a style with markup': [tagAnswer({ frameStyle: '"><p>' }), /no usable "frameStyle"/],
    'returns a malformed height': [tagAnswer({ height: 'tall' }), /no usable "height"/],
    'returns a malformed number': [tagAnswer({ tokenCampaignId: '1a' }), /"tokenCampaignId"/],
    'answers more than 64 KiB': [tagAnswer({ more: 'x'.repeat(65_536) }), /more than 64 KiB/],
  };
  for (const [what, [answer, answered, httpStatus]] of Object.entries(answers)) {
    it(`but ${what} causes CONFIG_INVALID, which says so`, async () => {
      const error = await failure(twoAttributes(endpoint(answer).url));
      expect(error).to.include({ code: 'CONFIG_INVALID', phase: 'config', recoverable: false });
      expect(error.httpStatus).to.equal(httpStatus);
      expect(error.message)
        .to.match(answered)
        .and.match(/channel-id.*host/);
    });
  }

  it('is requested again by load()', async () => {
    const source = endpoint({ status: 404 }, tagAnswer());
    await failure(twoAttributes(source.url));
    await element.load();
    expect(element.status).to.equal('ready');
  });

  // @holds S22
  it('but a host that the page does not allow causes HOST_NOT_ALLOWED', async () => {
    QualifioCampaign.allowedHosts = ['jeux.publisher.com'];
    const error = await failure(twoAttributes(endpoint(tagAnswer()).url));
    expect(error.code).to.equal('HOST_NOT_ALLOWED');
    expect(error.message).to.include(stageHost);
  });

  it('is not requested if one of the two attributes is set', async () => {
    const source = endpoint(tagAnswer());
    const error = await failure(twoAttributes(source.url, { host: stageHost }));
    expect(error.code).to.equal('CONFIG_INVALID');
    expect(error.message).to.include('channel-id');
    expect(await source.requests()).to.deep.equal([]);
  });

  it('in time causes KIT_TIMEOUT, and a late tag still recovers', async () => {
    const late = endpointThatWaits();
    const timers = await timersDuring(async () => {
      document.body.append(twoAttributes(late.url, { 'kit-timeout': '4321' }));
      await element.updateComplete;
      await taskWithoutTimer();
    });
    timers.find(({ milliseconds }) => milliseconds === 4321)!.callback();
    expect(element.error).to.include({ code: 'KIT_TIMEOUT', phase: 'kit' });
    expect(element.error!.message)
      .to.match(/4321 ms/)
      .and.match(/channel-id and host/);
    const ready = next(element, 'qualifio-ready');
    late.answer(tagAnswer());
    await ready;
    expect(element).to.include({ status: 'ready', error: null });
  });

  it('because of the network causes ENDPOINT_UNREACHABLE, with a retry when the page is online', async () => {
    twoAttributes(endpoint(tagAnswer()).url);
    const { fetch } = window;
    let tries = 0;
    window.fetch = async () => {
      tries++;
      throw new TypeError('Failed to fetch');
    };
    const error = await failure(element).finally(() => {
      window.fetch = fetch;
    });
    expect(tries).to.equal(1 + retries);
    expect(error).to.include({ code: 'ENDPOINT_UNREACHABLE', phase: 'token', recoverable: false });
    expect(error.message).to.match(/channel-id and host/);
    const ready = next(element, 'qualifio-ready');
    window.dispatchEvent(new Event('online'));
    await ready;
    expect(element.error).to.equal(null);
  });

  it('before its element is removed is ignored', async () => {
    const source = endpoint({ hold: 'headers' });
    document.body.append(twoAttributes(source.url));
    const told = recordEvents(element);
    await eventually(async () => (await source.requests()).length === 1);
    const rejections = await rejectionsDuring(async () => {
      element.remove();
      await eventually(async () => (await source.requests())[0]!.aborted);
    });
    expect(rejections).to.deep.equal([]);
    expect(told.filter((event) => !event.startsWith('status-change'))).to.deep.equal([]);
    expect(element.status).to.equal('idle');
  });

  it('while the kit fails causes the error of the kit', async () => {
    const page = await OwnPage.open();
    page.element.kitUrl = endpoint({ status: 404 }).url;
    element = page.campaign({ 'auth-endpoint': endpoint({ hold: 'headers' }).url });
    for (const name of ['channel-id', 'host']) element.removeAttribute(name);
    const failed = next<QualifioErrorEvent>(element, 'qualifio-error');
    page.document.body.append(element);
    expect((await failed).error.code).to.equal('KIT_LOAD_FAILED');
    page.close();
  });
});
