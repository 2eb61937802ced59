import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createSimulator,
  serveSimulator,
  type TranscriptEntry,
} from '../../src/simulator/index.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

const divId = 'qualifio_insert_place_123456';
let keys: PublisherKeys;
before(async () => {
  keys = await publisherKeys('ES256');
});

describe('the transcript', () => {
  it('summarizes a token and contains the code of a refusal', async () => {
    const campaigns = { 123456: '98765' };
    const simulator = createSimulator({ publicKey: keys.publicPem, campaigns });
    const before = Date.now();
    const token = await sign(keys.privateKey, { alg: 'ES256', kid: 'k-1' }, { campaignId: 4711 });
    await judge(simulator, token);
    const [userInfo, error] = simulator.transcript;
    assert.equal(simulator.transcript.length, 2);
    const { time, token: summary, ...rest } = userInfo ?? assert.fail();
    assert.ok(time >= before && time <= Date.now());
    assert.deepEqual(rest, { direction: 'to-frame', name: 'userInfo', divId });
    const { secondsLeft, ...described } = summary ?? assert.fail();
    assert.deepEqual(described, { kind: 'JWS', alg: 'ES256', kid: 'k-1', campaignId: '4711' });
    assert.ok(secondsLeft !== undefined && Math.abs(secondsLeft - 300) < 30);
    const { time: _, ...refusal } = error ?? assert.fail();
    assert.deepEqual(refusal, { direction: 'to-page', name: 'error', divId, code: 'UNKNOWN' });
  });

  it('says how long ago a token expired', async () => {
    const simulator = createSimulator({ publicKey: keys.publicPem });
    await judge(simulator, await sign(keys.privateKey, { alg: 'ES256' }), { query: '?clock=900' });
    const left = simulator.transcript[0]?.token?.secondsLeft ?? 0;
    assert.ok(Math.abs(left + 600) < 30);
  });

  it('never contains a token or its data about the participant', async () => {
    const simulator = createSimulator({ publicKey: keys.publicPem });
    const token = await sign(keys.privateKey, { alg: 'ES256' });
    await judge(simulator, token);
    await judge(simulator, `${token}x`);
    const response = await simulator.fetch(new Request('http://localhost/transcript'));
    const text = await response.text();
    for (const part of [...token.split('.'), 'ada@example.com', 'reader-7']) {
      assert.ok(!text.includes(part));
    }
    assert.deepEqual(JSON.parse(text), { entries: simulator.transcript });
  });

  it('is cleared by reset and remains the same object', async () => {
    const simulator = createSimulator();
    const { transcript } = simulator;
    await judge(simulator, '');
    assert.equal(transcript.length, 2);
    simulator.reset();
    assert.equal(transcript.length, 0);
    assert.equal(simulator.transcript, transcript);
  });

  it('keeps the latest 10,000 messages', async () => {
    const simulator = createSimulator();
    const messages = Array.from({ length: 10_050 }, (_, index) => ({
      direction: 'to-page',
      name: `m${index}`,
      divId,
    }));
    await simulator.fetch(
      new Request('http://localhost/simulator/messages', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ messages }),
      }),
    );
    assert.equal(simulator.transcript.length, 10_000);
    assert.equal(simulator.transcript[0]?.name, 'm50');
  });
});

describe('the transcript’s stream', () => {
  it('sends existing and new messages, and ends with the server', async (test) => {
    const served = await serveSimulator({}, { port: 0 });
    test.after(() => served.close());
    await judge(served, '');
    const response = await fetch(`${served.url}/transcript/stream`);
    assert.match(response.headers.get('Content-Type') ?? '', /^text\/event-stream/);
    const reader = (response.body ?? assert.fail())
      .pipeThrough(new TextDecoderStream())
      .getReader();
    const seen = await readEntries(reader, 2);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['userInfo', 'error'],
    );
    await judge(served, 'malformed');
    const later = await readEntries(reader, 2);
    assert.deepEqual(
      later.map(({ code }) => code),
      [undefined, 'TOKEN_INVALID_FORMAT'],
    );
    await served.close();
    assert.equal((await reader.read()).done, true);
    await judge(served, '');
    assert.equal(served.transcript.at(-1)?.code, 'TOKEN_EMPTY');
  });

  it('can lose its reader without effect on the campaign', async () => {
    const simulator = createSimulator();
    const stream = new Request('http://localhost/transcript/stream');
    await (await simulator.fetch(stream)).body?.cancel();
    assert.equal((await judge(simulator, '')).code, 'TOKEN_EMPTY');
  });
});

async function readEntries(
  reader: ReadableStreamDefaultReader<string>,
  count: number,
): Promise<TranscriptEntry[]> {
  let text = '';
  for (;;) {
    const found = text.match(/^data: .+$/gm) ?? [];
    if (found.length >= count) return found.map((line) => JSON.parse(line.slice(6)));
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended early');
    text += value;
  }
}
