import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UsedTokens } from '../../src/simulator/verification/claims.js';
import { TranscriptStreams } from '../../src/simulator/routes/transcript-stream.js';
import { Transcript } from '../../src/simulator/model/transcript.js';
import { fromSource } from '../support/from-source.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';

const child = fileURLToPath(new URL('simulator-child.ts', import.meta.url));
const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
const divId = 'qualifio_insert_place_123456';
const json = { 'Content-Type': 'application/json' };

describe('a simulator that is played 200 times', () => {
  let keys: PublisherKeys;
  let simulator: ChildProcess;
  let url: string;
  let profiles = 0;
  /** The publisher's site: its keys, and its web service. */
  const site = createServer((request, response) => {
    const isProfile = request.url === '/profile';
    if (isProfile) profiles += 1;
    const keySet = { keys: [{ ...keys.publicJwk, kid: 'k-1', alg: 'ES256' }] };
    response.writeHead(200, json).end(JSON.stringify(isProfile ? { city: 'Namur' } : keySet));
  });

  before(async () => {
    keys = await publisherKeys('ES256');
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const options = {
      jwks: `${origin}/jwks.json`,
      profileUrl: `${origin}/profile`,
      oneUse: true,
    };
    // The compiler's output also grows with use, and is not measured here.
    const execArgv = [...fromSource, '--expose-gc', '--no-opt', '--no-sparkplug'];
    simulator = fork(child, [JSON.stringify(options)], { execArgv });
    ({ url } = await told<{ url: string }>());
  });
  after(() => {
    simulator.disconnect();
    site.closeAllConnections();
    site.close();
  });

  async function told<T>(): Promise<T> {
    const ended = once(simulator, 'exit').then(() => {
      throw new Error('The simulator has ended.');
    });
    const [message] = (await Promise.race([once(simulator, 'message'), ended])) as [T];
    return message;
  }

  async function heapInKilobytes(): Promise<number> {
    simulator.send('heap');
    return Math.round((await told<{ heap: number }>()).heap / 1000);
  }

  /** All requests of a browser in one play, and a transcript stream that opens and closes. */
  async function play(): Promise<void> {
    const stream = await fetch(`${url}/transcript/stream`);
    const frame = `/20/${guid}/v1.cfm?id=${guid}&divId=${divId}`;
    const paths = ['/kit/qualp.2.min.js', frame, '/simulator/campaign.css'];
    for (const path of [...paths, '/simulator/campaign.js']) {
      const response = await fetch(url + path);
      assert.equal(response.status, 200);
      await response.text();
    }
    for (const name of ['requestParticipantAction', 'isLoggedIn']) {
      const messages = [{ direction: 'to-page', name, divId }];
      await post('messages', { messages });
    }
    const claims = { form: undefined, access_token: 'opaque' };
    const token = await sign(keys.privateKey, { alg: 'ES256', kid: 'k-1' }, claims);
    const judged = await post('user-info', { divId, token, expected: true });
    assert.deepEqual(
      { code: judged['code'], form: judged['form'] },
      { code: null, form: { city: 'Namur' } },
    );
    await stream.body?.cancel();
  }

  async function post(path: string, content: unknown): Promise<Record<string, unknown>> {
    const init = { method: 'POST', headers: json, body: JSON.stringify(content) };
    const response = await fetch(`${url}/simulator/${path}`, init);
    return (await response.json()) as Record<string, unknown>;
  }

  it('has the same heap size as after 20 plays, within 10 %', async (test) => {
    const heaps: number[] = [];
    for (const plays of [20, 180]) {
      for (let turn = 0; turn < plays; turn++) await play();
      heaps.push(await heapInKilobytes());
    }
    const [early = 0, late = Infinity] = heaps;
    const growth = (100 * (late - early)) / early;
    test.diagnostic(
      `heap after 20 plays ${early} kB, after 200 plays ${late} kB (${growth.toFixed(1)} %)`,
    );
    assert.equal(profiles, 200);
    assert.ok(Math.abs(growth) <= 10, `${early} kB, then ${late} kB`);
  });
});

describe('the memory of a simulator is bounded:', () => {
  it('the latest 10,000 tokens that were used', () => {
    const used = new UsedTokens();
    const use = (jti: number) => used.use({ iss: 'com.publisher', jti: String(jti) });
    for (let jti = 0; jti < 10_001; jti++) use(jti);
    assert.throws(() => use(1), /used before/);
    assert.throws(() => use(10_000), /used before/);
    use(0);
  });

  it('it disconnects a reader that does not read its messages', async () => {
    const transcript = new Transcript();
    const reader = new TranscriptStreams(transcript).response().body?.getReader();
    const entry = { direction: 'to-page', name: 'isLoggedIn', divId } as const;
    for (let turn = 0; turn < 30_000; turn++) transcript.record(entry);
    let chunks = 0;
    for (; !(await reader?.read())?.done; chunks++);
    assert.ok(chunks > 10_000 && chunks < 20_010, `${chunks} chunks`);
  });
});
