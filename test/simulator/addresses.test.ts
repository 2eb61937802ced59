import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createSimulator,
  serveSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.js';
import { Command } from '../support/command.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
const framePath = `/20/${guid}/v1.cfm?id=${guid}`;
const kitPath = '/kit/qualp.2.min.js';

function get(path: string, init?: RequestInit, options?: SimulatorOptions): Promise<Response> {
  const request = new Request(`http://jeux.publisher.localhost:4400${path}`, init);
  return createSimulator(options).fetch(request);
}

describe('the campaign’s URL', () => {
  it('answers for any GUID, in upper or lower case', async () => {
    for (const path of [framePath, framePath.toLowerCase()]) {
      const response = await get(path);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('Content-Type') ?? '', /^text\/html/);
    }
  });

  it('answers 404 for an invalid GUID, step or document', async () => {
    const keys = '&uk=A1&cfid=12345678&cftoken=b2';
    for (const path of [
      '/20/campaign/v1.cfm?id=campaign',
      `/20/campaign/form/v1.cfm?id=campaign${keys}`,
      `/20/${guid}/bonus/v1.cfm?id=${guid}${keys}`,
      `/20/${guid}/welcome/v1.cfm?id=${guid}${keys}`,
      `/20/${guid}/form/form/v1.cfm?id=${guid}${keys}`,
      `/20/${guid}/form/?id=${guid}${keys}`,
      `/20/${guid}`,
    ]) {
      const response = await get(path);
      assert.equal(response.status, 404, path);
      assert.match(await response.text(), /\/20\/<channel GUID>\/v1\.cfm/, path);
    }
  });

  it('redirects a step without a session to the first document and keeps the query', async () => {
    for (const step of ['question', 'pre-login', 'form', 'exit']) {
      for (const keys of ['', '&uk=A1&cfid=12345678', '&uk=A1&cfid=12345678&cftoken=%3Cb%3E']) {
        const path = `/20/${guid}/${step}/v1.cfm?id=${guid}&clock=5${keys}&page=3&right=1`;
        const response = await get(path);
        assert.equal(response.status, 302, path);
        assert.equal(response.headers.get('Location'), `/20/${guid}/v1.cfm?id=${guid}&clock=5`);
      }
    }
  });

  it('says that it is simulated, in the requested language', async () => {
    const accept = { headers: { 'Accept-Language': 'de, fr-BE;q=0.8, en;q=0.3' } };
    assert.match(await (await get(framePath)).text(), /Simulated campaign/);
    assert.match(await (await get(framePath, accept)).text(), /Campagne simulée/);
    assert.match(await (await get(framePath, accept, { lang: 'en' })).text(), /<html lang="en">/);
  });

  it('puts values from the URL into the page only as text', async () => {
    const evil = encodeURIComponent('</script><script>alert(1)</script>');
    const html = await (await get(`${framePath}&divId=${evil}&pdomain=${evil}`)).text();
    assert.doesNotMatch(html, /alert\(1\)<\/script>/);
  });
});

describe('knobs in a URL', () => {
  it('with an invalid value are refused, and the answer names the knob and the accepted values', async () => {
    for (const path of [`${kitPath}?registrations=some`, `${kitPath}?after-error=x`]) {
      assert.equal((await get(path)).status, 400);
    }
    const response = await get(`${framePath}&behaviour=odd`);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /behaviour must be ok\|navigates\|floods\|spoofs\|reloads/);
  });

  it('spelled like the options are refused, because they would have no effect', async () => {
    for (const path of [`${kitPath}?afterError=blocked`, `${framePath}&afterError=blocked`]) {
      const response = await get(path);
      assert.equal(response.status, 400);
      assert.equal(await response.text(), 'afterError must be spelled after-error in a URL\n');
    }
  });

  it('do not affect other parameters, such as a cache buster', async () => {
    assert.equal((await get(`${kitPath}?v=123`)).status, 200);
  });

  it('take precedence over those of the server', async () => {
    assert.equal((await get(kitPath, {}, { kit: '404' })).status, 404);
    assert.equal((await get(`${kitPath}?kit=ok`, {}, { kit: '404' })).status, 200);
  });

  it('make the kit URL answer with 404, HTML, a script that throws, or a script that does nothing', async () => {
    assert.equal((await get(`${kitPath}?kit=404`)).status, 404);
    const html = await get(`${kitPath}?kit=html`);
    assert.equal(html.status, 200);
    assert.match(html.headers.get('Content-Type') ?? '', /^text\/html/);
    assert.match(await (await get(`${kitPath}?kit=throws`)).text(), /^throw /);
    const never = await get(`${kitPath}?kit=never`);
    assert.match(never.headers.get('Content-Type') ?? '', /^text\/javascript/);
    assert.doesNotMatch(await never.text(), /_qual_async/);
  });

  it('answer every token, or only the n-th of a frame, with a code', async () => {
    const simulator = createSimulator();
    const token = await firstToken(simulator);
    const codes = async (query: string) => {
      const found: (string | null)[] = [];
      // Another frame has its own count.
      for (const frame of ['a', 'b', 'a', 'a']) {
        const { code } = await judge(simulator, token, { frame: frame + query, query });
        if (frame === 'a') found.push(code);
      }
      return found;
    };
    assert.deepEqual(await codes('?error=TOKEN_EMPTY'), Array(3).fill('TOKEN_EMPTY'));
    assert.deepEqual(await codes('?error-nth=2'), [null, 'UNKNOWN', null]);
    assert.deepEqual(await codes('?error=TOKEN_EXPIRED&error-nth=1'), [
      'TOKEN_EXPIRED',
      null,
      null,
    ]);
  });
});

async function firstToken(simulator: Simulator, tag = '123456'): Promise<string> {
  const request = new Request(`http://localhost/token?campaignId=${tag}`);
  const { token } = (await (await simulator.fetch(request)).json()) as { token: string };
  return token;
}

describe('without configuration, the simulator', () => {
  let publicPem: string;
  before(async () => {
    ({ publicPem } = await publisherKeys('RS256'));
  });

  it('signs a token that it accepts and another simulator refuses', async () => {
    const simulator = createSimulator();
    const token = await firstToken(simulator);
    assert.equal((await judge(simulator, token)).code, null);
    assert.equal((await judge(createSimulator(), token)).code, 'TOKEN_INVALID_SIGNATURE');
  });

  const campaigns: [string, SimulatorOptions, string, string][] = [
    ['of the first page', {}, '123456', '98765'],
    ['that was declared', { campaigns: { 31: '7001' } }, '31', '7001'],
    ['that was declared in place of the first page’s', { campaigns: { 123456: 5 } }, '123456', '5'],
    ['of the first page, among others', { campaigns: { 31: '7001' } }, '123456', '98765'],
    ['that was not declared, after a 9', {}, '31', '931'],
  ];
  for (const [which, options, tag, campaignId] of campaigns) {
    it(`signs a token for the campaign ${which}, never for the tag number`, async () => {
      const simulator = createSimulator(options);
      const token = await firstToken(simulator, tag);
      const divId = `qualifio_insert_place_${tag}`;
      const { code, reason } = await judge(simulator, token, { divId });
      assert.equal(code, null, reason);
      assert.equal(simulator.transcript[0]?.token?.campaignId, campaignId);
      const path = `/token?campaignId=${tag}&part=tag&_=1`;
      const answer = await simulator.fetch(new Request(`http://localhost:4400${path}`));
      const { tag: described } = (await answer.json()) as { tag: Record<string, string> };
      const { channelId, ...others } = described;
      assert.match(channelId ?? '', /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
      assert.deepEqual(others, {
        host: 'localhost:4400',
        width: '100%',
        height: '680',
        frameStyle: 'max-width:810px;margin:0 auto;',
        tokenCampaignId: campaignId,
      });
    });
  }

  it('says that it checks a token with its own key', async () => {
    const token = await firstToken(createSimulator());
    const { reason } = await judge(createSimulator(), token);
    assert.match(
      reason,
      /verifies with its own temporary key; use `--jwks URL` to verify with yours/,
    );
    const own = createSimulator({ publicKey: publicPem });
    const { code, reason: plain } = await judge(own, token);
    assert.equal(code, 'TOKEN_INVALID_SIGNATURE');
    assert.doesNotMatch(plain, /throw-away/);
  });

  it('notes that a tag is not declared', async () => {
    for (const [campaigns, tag, isNoted] of [
      [{ 31: '7001' }, '123456', true],
      [{ 31: '7001' }, '31', false],
      [undefined, '31', false],
    ] as const) {
      const simulator = createSimulator({ campaigns });
      const token = await firstToken(simulator, tag);
      await judge(simulator, token, { divId: `qualifio_insert_place_${tag}` });
      assert.equal(
        simulator.transcript[0]?.note,
        isNoted
          ? 'the tag 123456 is not declared (--campaign), so a token for any campaign is accepted'
          : undefined,
      );
    }
  });

  it('says once of each tag that is not declared what to do', async (test) => {
    const notes: string[] = [];
    const served = await serveSimulator(
      { campaigns: { 123456: '98765' } },
      { port: 0, onNote: (text) => void notes.push(text) },
    );
    test.after(() => served.close());
    for (const tag of ['98765', '98765', '31', '123456']) {
      const token = await firstToken(served, tag);
      await judge(served, token, { divId: `qualifio_insert_place_${tag}` });
    }
    const accepted = 'is not declared (--campaign), so a token for any campaign is accepted';
    assert.deepEqual(notes, [
      `the tag 98765 ${accepted}; 98765 is the campaign ID of the tag 123456: set campaign-id to 123456`,
      `the tag 31 ${accepted}; set campaign-id to a declared tag, or add --campaign 31=CAMPAIGNID`,
    ]);
  });

  it('publishes the public key and never the private key', async () => {
    const { keys } = (await (await get('/jwks.json')).json()) as { keys: Record<string, string>[] };
    assert.equal(keys.length, 1);
    assert.ok(keys[0]?.['kid']);
    assert.equal(keys[0]?.['d'], undefined);
  });

  it('requires a campaignId of digits, and accepts only part=tag', async () => {
    const one = '?campaignId=123456';
    for (const query of [
      '',
      '?campaignId=',
      '?campaignId=abc',
      `${one}&part=`,
      `${one}&part=key`,
    ]) {
      assert.equal((await get(`/token${query}`)).status, 400);
    }
  });

  it('neither signs nor publishes if it gets a key', async () => {
    for (const path of ['/token?campaignId=123456', '/jwks.json']) {
      assert.equal((await get(path, {}, { publicKey: publicPem })).status, 404);
    }
    assert.equal((await get('/', {}, { publicKey: publicPem })).status, 200);
  });

  it('answers only pages of this machine, including preflights', async () => {
    const path = '/token?campaignId=123456';
    for (const method of ['GET', 'OPTIONS']) {
      const near = await get(path, {
        method,
        headers: { Origin: 'http://www.publisher.localhost:3000' },
      });
      assert.ok(near.ok);
      const { headers } = near;
      assert.equal(
        headers.get('Access-Control-Allow-Origin'),
        'http://www.publisher.localhost:3000',
      );
      assert.equal(headers.get('Access-Control-Allow-Credentials'), 'true');
      const far = await get(path, { method, headers: { Origin: 'https://evil.example' } });
      assert.equal(far.headers.get('Access-Control-Allow-Origin'), null);
    }
  });
});

describe('the endpoint for tokens and messages', () => {
  it('accepts only JSON, which a foreign page cannot send without a preflight', async () => {
    for (const path of ['/simulator/messages', '/simulator/user-info']) {
      const init = { method: 'POST', body: '{"messages":[{"name":"x"}]}' };
      assert.equal((await get(path, init)).status, 400);
      const preflight = { method: 'OPTIONS', headers: { Origin: 'https://evil.example' } };
      assert.equal((await get(path, preflight)).headers.get('Access-Control-Allow-Origin'), null);
    }
  });
});

// @holds P17
it('the command refuses pages from other machines unless --host is set', async () => {
  const path = `${framePath}&pdomain=https%3A%2F%2Fwww.publisher.com`;
  const command = Command.simulator('--port', '0');
  const url = await command.printed(/listening on (\S+)\n/);
  assert.equal((await fetch(url + path)).status, 403);
  await command.printed(/--host: www\.publisher\.com .+\n/, 'stderr');
  await command.end('SIGTERM');
  const open = Command.simulator('--port', '0', '--host', '127.0.0.1');
  const openUrl = await open.printed(/listening on (\S+)\n/);
  assert.equal((await fetch(openUrl + path)).status, 200);
  await open.end('SIGTERM');
});
