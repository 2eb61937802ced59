import { expect } from '@open-wc/testing';
import { OwnPage } from '../support/own-page.js';
import { next, stageHost } from '../support/stage.js';
import { eventually } from '../support/watch.js';

const divId = 'qualifio_insert_place_123456';

/** A campaign in a frame of the test page. The test answers it. */
class PlayedCampaign {
  readonly frame: HTMLIFrameElement = document.createElement('iframe');
  /** Messages of the campaign. */
  readonly said: { name: string; data: unknown }[] = [];
  readonly #waiting = new Set<() => void>();

  static async open(query: Record<string, string> = {}): Promise<PlayedCampaign> {
    const campaign = new PlayedCampaign();
    addEventListener('message', campaign.#hear);
    const parameters = new URLSearchParams({ divId, pdomain: location.origin, ...query });
    campaign.frame.title = 'Campaign';
    campaign.frame.src = `/20/7e57c0de-0000-4000-8000-000000000001/v1.cfm?${parameters}`;
    document.body.append(campaign.frame);
    await next(campaign.frame, 'load');
    campaign.frame.focus();
    return campaign;
  }

  readonly #hear = ({ source, data }: MessageEvent<Record<string, unknown>>): void => {
    if (source !== this.frame.contentWindow || data['qualifio-simulator'] !== 1) return;
    this.said.push({ name: String(data['name']), data: data['data'] });
    for (const look of this.#waiting) look();
  };

  get document(): Document {
    return this.frame.contentDocument!;
  }

  /** Waits until the campaign has sent a message this many times. */
  hears(name: string, times = 1): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.said.filter((message) => message.name === name).length < times) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  answer(name: string, data: unknown): void {
    this.frame.contentWindow!.postMessage({ 'qualifio-simulator': 1, name, data }, '*');
  }

  click(selector: string): void {
    this.document.querySelector<HTMLElement>(selector)!.click();
  }

  /** Waits until a condition is true for the current document in the frame. */
  async until(holds: (document: Document) => boolean): Promise<void> {
    await eventually(() => holds(this.document));
  }

  /** Waits until a step is visible, and returns its heading. */
  async step(name: string): Promise<string> {
    await this.until((document) => document.getElementById('campaign')?.dataset['step'] === name);
    const visible = [...this.document.querySelectorAll<HTMLElement>('section:not([hidden])')];
    expect(visible.map((section) => section.id)).to.deep.equal([name]);
    return visible[0]!.querySelector('h1')!.textContent;
  }

  /** Plays as far as the question about the pre-login screen. */
  async playToQuestion(): Promise<void> {
    this.click('#start');
    await this.step('question');
    this.click('button.answer');
    await this.step('checking');
    await this.hears('requestParticipantAction');
  }

  /** Plays until the campaign asks who the participant is. */
  async playToLogin(): Promise<void> {
    await this.playToQuestion();
    this.answer('requestParticipantAction', false);
    await this.hears('isLoggedIn');
  }

  /** Waits until the list of messages has a line with these words. */
  lists(...words: string[]): Promise<void> {
    const has = (item: Element): boolean =>
      words.every((word) => item.textContent.split(' · ').includes(word));
    return this.until((document) =>
      [...document.querySelectorAll('#transcript-list li')].some(has),
    );
  }

  close(): void {
    removeEventListener('message', this.#hear);
    this.frame.remove();
  }
}

async function validToken(): Promise<string> {
  const response = await fetch(`http://${stageHost}/token?campaignId=123456`);
  return ((await response.json()) as { token: string }).token;
}

let campaign: PlayedCampaign;
afterEach(() => campaign.close());

describe('a simulated campaign', () => {
  it('can be played from welcome to exit', async () => {
    campaign = await PlayedCampaign.open();
    expect(campaign.document.querySelector('section:not([hidden])')!.id).to.equal('welcome');
    await campaign.playToQuestion();
    campaign.answer('requestParticipantAction', true);
    expect(await campaign.step('pre-login')).to.equal('Before you continue');
    expect(campaign.document.getElementById('announcer')!.textContent).to.match(/your account/);
    campaign.click('#continue');
    await campaign.step('connecting');
    await campaign.hears('isLoggedIn');
    campaign.answer('userInfo', await validToken());
    expect(await campaign.step('form')).to.equal('Your details');
    const fields = [...campaign.document.querySelectorAll('input')];
    expect(fields.map(({ name }) => name)).to.include.members(['email', 'firstname', 'lastname']);
    expect(fields.find(({ name }) => name === 'email')!.type).to.equal('email');
    campaign.click('#submit');
    expect(await campaign.step('exit')).to.equal('Thank you!');
    expect(campaign.said).to.deep.equal([
      { name: 'requestParticipantAction', data: { divId } },
      { name: 'isLoggedIn', data: { divId } },
    ]);
  });

  it('is in French for a French participant', async () => {
    campaign = await PlayedCampaign.open({ lang: 'fr-BE' });
    expect(campaign.document.documentElement.lang).to.equal('fr');
    await campaign.playToQuestion();
    campaign.answer('requestParticipantAction', true);
    expect(await campaign.step('pre-login')).to.equal('Avant de continuer');
    await campaign.lists('vers la page', 'requestParticipantAction');
  });

  it('asks for the login immediately if the page skips the pre-login screen', async () => {
    campaign = await PlayedCampaign.open();
    await campaign.playToLogin();
    await campaign.step('connecting');
  });

  it('continues after a second if the page does not answer about the pre-login screen', async () => {
    campaign = await PlayedCampaign.open();
    await campaign.playToQuestion();
    const asked = performance.now();
    await campaign.hears('isLoggedIn');
    expect(performance.now() - asked).to.be.greaterThan(800);
  });

  it('lists its messages with a summary of the token, never the token', async () => {
    campaign = await PlayedCampaign.open();
    expect(campaign.document.getElementById('transcript-empty')!.hidden).to.equal(false);
    await campaign.playToLogin();
    await campaign.lists('to the page', 'isLoggedIn');
    await campaign.lists('to the campaign', 'requestParticipantAction');
    const token = await validToken();
    campaign.answer('userInfo', token);
    await campaign.step('form');
    const text = campaign.document.getElementById('transcript-list')!.textContent;
    expect(text).to.match(/to the campaign · userInfo · JWS \w+ .* · \d+ s/);
    expect(text).not.to.include(token);
    expect(campaign.document.getElementById('transcript-empty')!.hidden).to.equal(true);
  });

  it('ignores messages for others', async () => {
    campaign = await PlayedCampaign.open();
    await campaign.playToQuestion();
    for (const stray of ['userInfo', null, { name: 'requestParticipantAction', data: true }]) {
      campaign.frame.contentWindow!.postMessage(stray, '*');
    }
    campaign.answer('requestParticipantAction', true);
    await campaign.step('pre-login');
    await campaign.lists('to the campaign', 'requestParticipantAction');
    const items = [...campaign.document.querySelectorAll('#transcript-list li')];
    expect(items.length).to.equal(2);
  });

  it('lists an unrequested token and stays at its step', async () => {
    campaign = await PlayedCampaign.open();
    campaign.answer('userInfo', await validToken());
    await campaign.lists('to the campaign', 'userInfo');
    campaign.click('#start');
    await campaign.step('question');
  });
});

describe('a simulated campaign that refuses a token', () => {
  for (const [token, code] of [
    ['', 'TOKEN_EMPTY'],
    [null, 'TOKEN_EMPTY'],
    ['no token', 'TOKEN_INVALID_FORMAT'],
    [{ token: 1 }, 'TOKEN_INVALID_FORMAT'],
  ] as const) {
    it(`reports ${code} for ${JSON.stringify(token)}, then accepts a valid one`, async () => {
      campaign = await PlayedCampaign.open();
      await campaign.playToLogin();
      campaign.answer('userInfo', token);
      expect(await campaign.step('blocked')).to.equal('We could not connect you');
      await campaign.hears('error');
      expect(campaign.said.at(-1)).to.deep.equal({ name: 'error', data: { divId, code } });
      await campaign.lists('to the page', 'error', code);
      campaign.answer('userInfo', await validToken());
      await campaign.step('form');
    });
  }

  it('stays blocked with after-error=blocked', async () => {
    campaign = await PlayedCampaign.open({ 'after-error': 'blocked' });
    await campaign.playToLogin();
    campaign.answer('userInfo', 'no token');
    await campaign.step('blocked');
    const good = await validToken();
    campaign.answer('userInfo', good);
    await campaign.until(
      (document) => document.querySelectorAll('#transcript-list li').length === 6,
    );
    await campaign.step('blocked');
  });
});

describe('a simulated campaign with behaviour=', () => {
  it('floods sends isLoggedIn 1,000 times', async () => {
    campaign = await PlayedCampaign.open({ behaviour: 'floods' });
    await campaign.playToLogin();
    await campaign.hears('isLoggedIn', 1000);
    expect(campaign.said.filter(({ name }) => name === 'isLoggedIn').length).to.equal(1000);
  });

  it('reloads reloads once at the form and asks again', async () => {
    campaign = await PlayedCampaign.open({ behaviour: 'reloads' });
    await campaign.playToLogin();
    await campaign.hears('isLoggedIn', 2);
    campaign.answer('userInfo', await validToken());
    await campaign.step('form');
  });

  it('navigates leaves for another origin before the answer', async () => {
    campaign = await PlayedCampaign.open({ behaviour: 'navigates' });
    await campaign.playToLogin();
    while (campaign.frame.contentDocument) await next(campaign.frame, 'load');
  });

  it('spoofs asks the kit for a sibling frame that sends messages in its name', async () => {
    campaign = await PlayedCampaign.open({ behaviour: 'spoofs' });
    await campaign.hears('make-spoof');
    expect(campaign.said).to.deep.equal([{ name: 'make-spoof', data: divId }]);
  });
});

describe('a frame that is not the campaign', () => {
  const stranger = (name: string): Promise<OwnPage> =>
    OwnPage.open(`<output>No message.</output><script type="module">
      import { ${name} } from '/src/simulator/browser/hostile-pages.ts';
      ${name}({ divId: '${divId}' });
    </script>`);

  it('shows that it received a message for the campaign', async () => {
    const page = await stranger('elsewherePage');
    for (const stray of [null, 'userInfo', { name: 'stray' }]) page.window.postMessage(stray, '*');
    page.window.postMessage({ 'qualifio-simulator': 1, name: 'userInfo', data: 'a token' }, '*');
    const output = page.document.querySelector('output')!;
    await eventually(() => output.dataset['received'] !== undefined);
    expect(output.value).to.equal('This page received a message: userInfo');
    page.close();
  });

  it('asks in the campaign’s name', async () => {
    const asked = next<MessageEvent>(window, 'message');
    const page = await stranger('spoofPage');
    const message = { 'qualifio-simulator': 1, name: 'isLoggedIn', data: { divId } };
    expect((await asked).data).to.deep.equal(message);
    page.close();
  });
});
