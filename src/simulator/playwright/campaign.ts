import { test, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { describePage } from './describe-page.js';

/** What a campaign shows: the value of `main[data-step]`. */
export type CampaignStep = (typeof order)[number][number] | 'finished' | 'unavailable';

/** How long to wait. */
export interface WaitOptions {
  /** Milliseconds. Default 10,000. */
  timeout?: number | undefined;
}

/** How far to play. */
export interface PlayOptions extends WaitOptions {
  /** The step to stop at. Default `form`: up to the campaign's request for a token. */
  to?: 'question' | 'pre-login' | 'form' | 'exit' | undefined;
}

/** The steps of each document, in their order. */
const order = [
  ['welcome'],
  ['question'],
  ['checking', 'pre-login'],
  ['connecting', 'form', 'blocked'],
  ['exit'],
] as const;

/** What a participant presses at each step. At the others, the campaign or the page acts. */
const buttons: Readonly<Partial<Record<CampaignStep, string>>> = {
  welcome: '#start',
  question: '.answer >> nth=0',
  'pre-login': '#continue',
  form: '#submit',
};

const defaultTimeout = 10_000;

/**
 * A simulated campaign on a page, made by `<qualifio-campaign>` or by a JS tag.
 *
 * Every method waits. If it waits in vain, its error names what is on the page instead: no campaign and
 * why, several campaigns, or the step that the campaign is at.
 */
export class Campaign {
  readonly #page: Page;
  readonly #selector: string;
  /** The campaign's frame, for anything else. It stays valid when the campaign goes to its next step. */
  readonly frame: FrameLocator;

  /** Tests do not construct it: use the fixture `campaign`. */
  constructor(page: Page, inside = '') {
    this.#page = page;
    this.#selector = `${inside} iframe.qualifio_iframe_tag`.trim();
    this.frame = page.frameLocator(this.#selector);
  }

  /**
   * One of several campaigns of the page.
   *
   * @param number its tag number, for example `123456`.
   * @throws TypeError if it is not a number.
   */
  tag(number: string | number): Campaign {
    if (!/^\d+$/.test(String(number))) {
      throw new TypeError(`a tag number has only digits, such as 123456; found ${number}`);
    }
    return new Campaign(this.#page, `#qualifio_insert_place_${number}`);
  }

  /**
   * Plays as a participant does, from the step that the campaign is at. Stops at the step `to`, or at a
   * later one: `pre-login` shows only if the page asks for it.
   *
   * At `form`, it does not wait for a token: the step may be `connecting`, `form` or `blocked`. With
   * `exit`, it waits for the form and submits it.
   *
   * @throws Error naming the step that the campaign stays at, after `timeout`.
   */
  async play({ to = 'form', timeout = defaultTimeout }: PlayOptions = {}): Promise<void> {
    await test.step(
      `campaign.play() to ${to}`,
      async () => {
        const end = Date.now() + timeout;
        const goal = placeOf(to);
        let step = await this.#stepAfter(null, to, end);
        while (placeOf(step) < goal) {
          const button = buttons[step];
          if (button !== undefined) await this.#press(step, button, to, end);
          step = await this.#stepAfter(step, to, end);
        }
      },
      { box: true },
    );
  }

  /**
   * Waits until the campaign shows a step.
   *
   * @throws Error naming what it shows instead, after `timeout`.
   */
  async at(step: CampaignStep, { timeout = defaultTimeout }: WaitOptions = {}): Promise<void> {
    await test.step(
      `campaign.at('${step}')`,
      () => this.#wait(`[data-step="${step}"]`, step, Date.now() + timeout),
      { box: true },
    );
  }

  /**
   * The fields of the form, by name: `email`, `firstname`, `lastname`, and those in the token. Waits for
   * the form. A field that is empty is an empty string.
   *
   * @throws Error naming what the campaign shows instead, after `timeout`.
   */
  async fields({ timeout = defaultTimeout }: WaitOptions = {}): Promise<Record<string, string>> {
    return test.step(
      'campaign.fields()',
      async () => {
        const form = await this.#wait('[data-step="form"]', 'form', Date.now() + timeout);
        const inputs = form.locator('#form-fields input');
        const pairs = await inputs.evaluateAll((all: HTMLInputElement[]) =>
          all.map(({ name, value }): [string, string] => [name, value]),
        );
        return Object.fromEntries(pairs);
      },
      { box: true },
    );
  }

  /** Waits until the campaign shows another step than one, and has asked the page about the pre-login. */
  async #stepAfter(
    step: CampaignStep | null,
    goal: CampaignStep,
    end: number,
  ): Promise<CampaignStep> {
    const another = `[data-step]:not([data-step="checking"], [data-step="${step}"])`;
    const campaign = await this.#wait(another, goal, end);
    const reached = (await campaign.getAttribute('data-step')) as CampaignStep;
    if (reached !== 'finished' && reached !== 'unavailable') return reached;
    throw new Error(`The campaign is ${reached} (knob campaign), so it cannot be played.`);
  }

  async #press(step: CampaignStep, button: string, goal: CampaignStep, end: number): Promise<void> {
    const pressed = this.frame.locator(`#campaign[data-step="${step}"]`).locator(button);
    await pressed
      .click({ timeout: timeLeft(end) })
      .catch((cause: unknown) => this.#fail(goal, cause));
  }

  async #wait(state: string, goal: CampaignStep, end: number): Promise<Locator> {
    const campaign = this.frame.locator(`#campaign${state}`);
    await campaign
      .waitFor({ state: 'attached', timeout: timeLeft(end) })
      .catch((cause: unknown) => this.#fail(goal, cause));
    return campaign;
  }

  async #fail(goal: CampaignStep, cause: unknown): Promise<never> {
    const found = await describePage(this.#page, this.#selector);
    throw new Error(`The campaign did not reach the step "${goal}". ${found}`, { cause });
  }
}

/** The position of a step's document. */
function placeOf(step: CampaignStep): number {
  return order.findIndex((steps) => (steps as readonly CampaignStep[]).includes(step));
}

/** Playwright takes 0 for no limit. */
function timeLeft(end: number): number {
  return Math.max(1, end - Date.now());
}
