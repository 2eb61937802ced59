import { expect } from '@open-wc/testing';
import type { QualifioCampaign, QualifioParticipantActionEvent } from '../../src/index.js';
import {
  campaign,
  endpoint,
  giving,
  recordEvents,
  stagePuppet,
  token,
  type Answer,
} from '../support/stage.js';

let element: QualifioCampaign;
afterEach(() => element.remove());

/** The answer that the frame gets to its question about the pre-login screen. */
async function answerOf(): Promise<unknown> {
  const puppet = await stagePuppet(element);
  await puppet.say('requestParticipantAction');
  const messages = await puppet.awaitMessages(1);
  expect(messages[0]?.name).to.equal('requestParticipantAction');
  return messages[0]?.data;
}

describe('pre-login', () => {
  for (const [preLogin, answer] of [
    [undefined, true],
    ['always', true],
    ['never', false],
  ] as const) {
    // @holds P2
    it(`${preLogin ?? 'by default'} answers ${answer} without a request`, async () => {
      const source = endpoint(giving(await token()));
      element = campaign({
        'auth-endpoint': source.url,
        ...(preLogin && { 'pre-login': preLogin }),
      });
      expect(await answerOf()).to.equal(answer);
      expect(await source.requests()).to.deep.equal([]);
    });
  }

  const states: Record<string, [Answer, boolean]> = {
    'the participant is signed out': [{ status: 401 }, true],
    'the endpoint fails': [{ status: 403 }, true],
  };
  for (const [state, [given, answer]] of Object.entries(states)) {
    it(`auto answers ${answer} when ${state} and changes nothing else`, async () => {
      element = campaign({ 'auth-endpoint': endpoint(given).url, 'pre-login': 'auto' });
      const told = recordEvents(element);
      expect(await answerOf()).to.equal(answer);
      expect(told).to.deep.equal([
        'status-change loading',
        'status-change ready',
        'ready',
        'participant-action',
      ]);
    });
  }

  it('auto answers false for a signed-in participant and passes the reason to a provider', async () => {
    const reasons: string[] = [];
    const jwt = await token();
    element = campaign({ 'pre-login': 'auto' });
    element.tokenProvider = async ({ reason }) => {
      reasons.push(reason);
      return jwt;
    };
    expect(await answerOf()).to.equal(false);
    expect(reasons).to.deep.equal(['pre-login']);
  });

  it('auto answers true without a token source', async () => {
    element = campaign({ 'pre-login': 'auto' });
    expect(await answerOf()).to.equal(true);
    expect(element.status).to.equal('ready');
  });
});

describe('respondWith()', () => {
  const respond = (answer: () => boolean | Promise<boolean>): void => {
    element.addEventListener('qualifio-participant-action', (event) => {
      event.respondWith(answer());
    });
  };

  for (const answer of [true, false]) {
    it(`replaces the answer with ${answer}, synchronously or later`, async () => {
      element = campaign({ 'pre-login': answer ? 'never' : 'always' });
      respond(() => answer);
      expect(await answerOf()).to.equal(answer);
      element.remove();
      element = campaign({ 'pre-login': answer ? 'never' : 'always' });
      respond(() => Promise.resolve(answer));
      expect(await answerOf()).to.equal(answer);
    });
  }

  it('uses the pre-login answer if its promise rejects', async () => {
    element = campaign({ 'pre-login': 'never' });
    respond(() => Promise.reject(new Error('no idea')));
    expect(await answerOf()).to.equal(false);
  });

  it('works in a listener on the document, which receives the campaign’s id', async () => {
    const heard: QualifioParticipantActionEvent[] = [];
    const listen = (event: QualifioParticipantActionEvent): void => {
      heard.push(event);
      event.respondWith(false);
    };
    document.addEventListener('qualifio-participant-action', listen);
    element = campaign();
    expect(await answerOf()).to.equal(false);
    document.removeEventListener('qualifio-participant-action', listen);
    expect(heard.map(({ campaignId }) => campaignId)).to.deep.equal([element.campaignId]);
  });
});
