// Each way of setting a knob reaches the kit, the frame and the verification. The effects of a knob
// in a page are tested in kit-knobs, frame-knobs, vendor-codes and the browser tests.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readFlags } from '../../src/simulator/command/flags.js';
import {
  createSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.js';
import { knobs } from '../../src/simulator/model/knob-table.js';
import { everyKit } from '../support/every-kit.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
let keys: PublisherKeys;
before(async () => {
  keys = await publisherKeys('ES256');
});

const simulate = (options: SimulatorOptions = {}): Simulator =>
  createSimulator({ ...options, publicKey: keys.publicPem });

async function kitOf(simulator: Simulator, query = ''): Promise<string> {
  const request = new Request(`http://localhost/kit/qualp.2.min.js${query}`);
  const response = await simulator.fetch(request);
  return `${response.status} ${response.headers.get('Content-Type')} ${await response.text()}`;
}

/**
 * The settings of the frame's script, without addresses and the session, which differ each time.
 */
async function frameOf(simulator: Simulator, query = ''): Promise<Record<string, unknown>> {
  const request = new Request(`http://localhost/20/${guid}/v1.cfm?id=${guid}${query}`);
  const html = await (await simulator.fetch(request)).text();
  const [settings = ''] = /(?<=id="settings">)[^<]+/.exec(html) ?? [];
  const {
    query: _,
    session: __,
    frame: _____,
    first: ___,
    next: ____,
    ...told
  } = JSON.parse(settings) as Record<string, unknown>;
  return told;
}

/** The server's answers to two good tokens in a frame. */
async function verdictsOf(simulator: Simulator, query = ''): Promise<(string | null)[]> {
  const token = await sign(keys.privateKey, { alg: 'ES256' });
  const frame = crypto.randomUUID();
  const first = await judge(simulator, token, { frame, query });
  const second = await judge(simulator, token, { frame, query });
  return [first.code, second.code];
}

const kitValues: Record<string, string[]> = {
  registrations: ['first', 'last'],
  callbacks: ['async'],
  queue: ['replace'],
  target: ['any'],
  payload: ['json'],
  kit: ['404', 'html', 'throws', 'never'],
  frame: ['none', 'late'],
};
const frameValues: Record<string, string[]> = {
  'after-error': ['blocked'],
  behaviour: ['navigates', 'floods', 'spoofs', 'reloads'],
  campaign: ['finished', 'unavailable'],
  submit: ['auto'],
};
const verdicts: Record<string, [string, (string | null)[]][]> = {
  error: [['TOKEN_EMPTY', ['TOKEN_EMPTY', 'TOKEN_EMPTY']]],
  'error-nth': [['2', [null, 'UNKNOWN']]],
  clock: [
    ['900', ['TOKEN_EXPIRED', 'TOKEN_EXPIRED']],
    ['-900', ['UNKNOWN', 'UNKNOWN']],
  ],
};

async function byFlag(flag: string, value: string): Promise<SimulatorOptions> {
  return (await readFlags([`--${flag}`, value])).options;
}

const profileFolder = await mkdtemp(join(tmpdir(), 'qualifio-profile-'));
after(() => rm(profileFolder, { recursive: true }));

/** The options of a command line with a kit profile of these facts. */
async function byProfile(facts: object, ...args: string[]): Promise<SimulatorOptions> {
  const path = join(profileFolder, 'profile.json');
  const profile = { version: 1, recordedAt: '2026-11-29T01:00:00Z', kitUrl: 'https://kit', facts };
  await writeFile(path, JSON.stringify(profile));
  return (await readFlags(['--kit-profile', path, ...args])).options;
}

describe('a kit profile sets the kit knobs:', () => {
  const others = {
    ...{ divId: 'given', fields: ['channel'], unheardOf: 1 },
    ...{ kit: '404', frame: 'none', submit: 'auto' },
  };
  for (const [facts, query] of [
    [{}, ''],
    [others, ''],
    [{ queue: 'patch', callbacks: 'sync', payload: 'object', registrations: 'all' }, ''],
    [{ queue: 'replace' }, '?queue=replace'],
    [{ callbacks: 'async', ...others }, '?callbacks=async'],
    [{ payload: 'json', target: 'any' }, '?payload=json&target=any'],
    [{ registrations: 'first' }, '?registrations=first'],
    [
      { queue: 'replace', callbacks: 'async', payload: 'json', registrations: 'last' },
      '?queue=replace&callbacks=async&payload=json&registrations=last',
    ],
  ] as const) {
    it(JSON.stringify(facts), async () => {
      const expected = await kitOf(simulate(), query);
      assert.equal(await kitOf(simulate(await byProfile(facts))), expected);
      assert.equal(await kitOf(simulate({ kitProfile: { version: 1, facts } })), expected);
    });
  }

  it('each of the 48 kits is served again from the facts that the inspector records of it', async () => {
    assert.equal(everyKit.length, 48);
    for (const { target, ...facts } of everyKit) {
      const expected = await kitOf(simulate(), `?${new URLSearchParams({ target, ...facts })}`);
      const kitProfile = { version: 1, facts } as const;
      assert.equal(await kitOf(simulate({ kitProfile, target })), expected);
    }
  });

  it('a flag or an option wins over the profile, and a query over both', async () => {
    const facts = { queue: 'replace', payload: 'json' } as const;
    const kitProfile = { version: 1, facts } as const;
    const expected = await kitOf(simulate(), '?payload=json');
    assert.equal(await kitOf(simulate(await byProfile(facts, '--queue', 'patch'))), expected);
    assert.equal(await kitOf(simulate({ kitProfile, queue: 'patch' })), expected);
    assert.equal(await kitOf(simulate({ kitProfile }), '?queue=patch'), expected);
  });
});

describe('a knob can be set by option, flag and query:', () => {
  const optionOf = (flag: string) => knobs.find((knob) => knob.flag === flag)?.option ?? flag;

  it('these tests cover every knob, and every value of those that change the kit or the frame', () => {
    for (const { flag, takes } of knobs) {
      // `slow` waits for 3 s: see kit-knobs.
      const others = takes.split('|').filter((value, index) => index > 0 && value !== 'slow');
      if (Object.hasOwn(verdicts, flag)) continue;
      const covered = kitValues[flag] ?? frameValues[flag];
      const missing = `kitValues, frameValues or verdicts above must have the values of ${flag}`;
      assert.deepEqual(covered, others, `${missing}: ${others.join(', ')}`);
    }
  });

  for (const [flag, values] of Object.entries(kitValues)) {
    it(flag, async () => {
      const normal = await kitOf(simulate());
      for (const value of values) {
        const expected = await kitOf(simulate(), `?${flag}=${value}`);
        assert.notEqual(expected, normal);
        assert.equal(await kitOf(simulate({ [optionOf(flag)]: value })), expected);
        assert.equal(await kitOf(simulate(await byFlag(flag, value))), expected);
        const [first = ''] = knobs.find((knob) => knob.flag === flag)?.takes.split('|') ?? [];
        const back = await kitOf(simulate({ [optionOf(flag)]: value }), `?${flag}=${first}`);
        assert.equal(back, normal);
      }
    });
  }

  for (const [flag, values] of Object.entries(frameValues)) {
    it(flag, async () => {
      const normal = await frameOf(simulate());
      for (const value of values) {
        const expected = await frameOf(simulate(), `&${flag}=${value}`);
        assert.notDeepEqual(expected, normal);
        assert.deepEqual(await frameOf(simulate({ [optionOf(flag)]: value })), expected);
        assert.deepEqual(await frameOf(simulate(await byFlag(flag, value))), expected);
        assert.match(await kitOf(simulate(), `?${flag}=${value}`), new RegExp(`${flag}=${value}`));
      }
    });
  }

  for (const [flag, cases] of Object.entries(verdicts)) {
    it(flag, async () => {
      for (const [value, expected] of cases) {
        assert.deepEqual(await verdictsOf(simulate(), `?${flag}=${value}`), expected);
        assert.deepEqual(await verdictsOf(simulate({ [optionOf(flag)]: value })), expected);
        assert.deepEqual(await verdictsOf(simulate(await byFlag(flag, value))), expected);
        assert.match(await kitOf(simulate(), `?${flag}=${value}`), new RegExp(`${flag}=${value}`));
      }
    });
  }
});
