import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { serveSimulator, type ServedSimulator } from '../../src/simulator/index.js';
import { handWrittenExchange, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
let other: ServedSimulator;
before(async () => {
  stage = await SimulatorStage.set();
  other = await serveSimulator({}, { port: 0 });
});
after(async () => {
  await stage.strike();
  await other.close();
});

/** The messages between the page and one campaign, in order. */
function messagesOf({ transcript }: Pick<ServedSimulator, 'transcript'>, number: string): string[] {
  return transcript
    .filter(({ divId }) => divId === `qualifio_insert_place_${number}`)
    .map(({ direction, name, code }) => [direction, name, code].filter(Boolean).join(' '));
}

describe('five campaigns of two simulators on one page', () => {
  const here = ['11', '12', '13'];
  const there = ['21', '22'];
  const all = [...here, ...there];

  it('each have their own messages, transcript and key', async () => {
    const otherHost = `spiele.publisher.localhost:${new URL(other.url).port}`;
    const hosts = Object.fromEntries([
      ...here.map((number) => [number, stage.host]),
      ...there.map((number) => [number, otherHost]),
    ]) as Record<string, string>;
    const tags = all.map((number) => vendorTag(hosts[number]!, { number }));
    const page = await stage.open(
      tags.join('') + handWrittenExchange(hosts, { preLogin: 'false' }),
    );
    // Without a mouse: an element that takes focus in one campaign scrolls the next one away.
    for (const name of ['Start', 'An atlas']) {
      const buttons = all.map((number) => campaignOf(page, number).getByRole('button', { name }));
      await Promise.all(buttons.map((button) => button.dispatchEvent('click')));
    }
    for (const number of all) await atStep(campaignOf(page, number), 'form');
    const complete = [
      'to-page requestParticipantAction',
      'to-frame requestParticipantAction',
      'to-page isLoggedIn',
      'to-frame userInfo',
    ];
    for (const number of all) {
      const [own, foreign] = here.includes(number)
        ? [stage.simulator, other]
        : [other, stage.simulator];
      assert.deepEqual(messagesOf(own, number), complete, number);
      assert.deepEqual(messagesOf(foreign, number), [], number);
      const rows = campaignOf(page, number).locator('#transcript-list > li');
      assert.equal(await rows.count(), complete.length, number);
    }
  });

  it('refuse each other’s tokens', async () => {
    const page = await stage.open(
      vendorTag(stage.host) + handWrittenExchange(new URL(other.url).host, { preLogin: 'false' }),
    );
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'blocked');
    assert.equal(stage.messages().at(-1), 'to-page error TOKEN_INVALID_SIGNATURE');
  });
});
