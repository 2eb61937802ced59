import { base64url } from 'jose';
import { eventNames } from '../../src/events.js';
import { QualifioCampaign } from '../../src/index.js';
import { pageRegistry } from '../../src/page/page-registry.js';
import { canary, marked } from '../support/canary.js';
import { FakeClock } from '../support/fake-clock.js';
import { KitStandIn, type Sent } from '../support/kit-stand-in.js';
import { campaignAttributes, freshId, technicalId } from '../support/stage.js';
import { taskWithoutTimer } from '../support/task.js';

/**
 * How the token endpoint answers. `same`, `first`: an earlier token; `hold`: only after it is
 * released.
 */
export const answers = [
  'token',
  'same',
  'first',
  'expired',
  'another campaign',
  '401',
  '403',
  '500',
  'html',
  'cut',
  'hold',
] as const;
export type Answer = (typeof answers)[number];

const host = 'campaign.localhost';
const kit = new KitStandIn();

/**
 * One element with everything around it that a test can control: page, kit, frame, endpoint and
 * clock. Records what must never happen in {@link violations}.
 */
export class CampaignWorld {
  readonly clock: FakeClock = new FakeClock();
  readonly element: QualifioCampaign;
  readonly violations: string[] = [];
  answer: Answer = 'token';
  /** Tokens that reached the frame. */
  readonly sent: string[] = [];
  /**
   * What the frame must get: an answer to its ask, or a new token for a refused one. `either`: one
   * of the two, which cannot be distinguished from outside.
   */
  owed: 'ask' | 'refresh' | 'either' | null = null;
  /** How often the frame has asked since the campaign started. */
  asks = 0;
  /** How often it may have caused a new token for a refused one since then. */
  refusals = 0;
  /** How often the endpoint gave an expired token since then: the element may request one in its place. */
  expired = 0;
  #wasInserted = false;
  /** A token was sent since the campaign started. */
  #lastIsOfThisRun = false;
  #actionsOwed = 0;
  readonly #loaded = new WeakSet<HTMLIFrameElement>();
  #loadsSinceAsk = 0;
  /**
   * An ask from before the last document may belong to that document: it must get an answer when
   * the frame sends a message.
   */
  #unsure = false;
  /** The times of answers to asks. */
  #answered: number[] = [];
  /** Tokens that replaced refused ones, since the frame's last ask. */
  #refreshes = 0;
  #refused = new Set<string>();
  #told = 'idle';
  #toldError: string | null = null;
  #inFlight = 0;
  #held: ((answer: Answer) => void)[] = [];
  #serial = 0;
  #given: string[] = [];
  readonly #expired = new Set<string>();
  readonly #elsewhere = document.createElement('div');
  readonly #restore: () => void;

  constructor() {
    const { fetch, console } = window;
    const { warn } = console;
    const { random } = Math;
    window.fetch = (_, init) => this.#request(init!.signal!);
    console.warn = () => undefined;
    Math.random = () => 0.5;
    const note = (event: PromiseRejectionEvent): void => this.#violate(`unhandled ${event.reason}`);
    window.addEventListener('unhandledrejection', note);
    kit.onSend = (message) => this.#onSend(message);
    this.#restore = () => {
      Object.assign(window, { fetch });
      console.warn = warn;
      Math.random = random;
      window.removeEventListener('unhandledrejection', note);
      this.#elsewhere.remove();
      this.clock.stop();
    };
    QualifioCampaign.kitUrl = new URL('/kit/qualp.2.min.js', location.href).href;
    this.element = document.createElement('qualifio-campaign');
    const attributes = campaignAttributes({
      host,
      'auth-endpoint': '/token',
      'token-campaign-id': technicalId,
    });
    for (const [name, value] of Object.entries(attributes)) this.element.setAttribute(name, value);
    document.body.append(this.#elsewhere);
    for (const name of eventNames) {
      this.element.addEventListener(name, (event) => this.#onEvent(event));
    }
  }

  get frame(): HTMLIFrameElement | null {
    return this.element.frame;
  }

  insert(): void {
    this.#wasInserted = true;
    document.body.append(this.element);
    this.#forget();
  }

  remove(): void {
    this.element.remove();
    this.#forget();
    this.#told = 'idle';
  }

  move(how: 'append' | 'moveBefore'): void {
    const parent = this.element.parentNode === document.body ? this.#elsewhere : document.body;
    if (how === 'moveBefore' && 'moveBefore' in parent) parent.moveBefore(this.element, null);
    else {
      this.remove();
      parent.append(this.element);
    }
  }

  reload(): void {
    void this.element.reload().catch(() => undefined);
    this.#forget();
  }

  change(attribute: 'campaign-id' | 'auth-endpoint'): void {
    if (attribute === 'auth-endpoint') this.element.authEndpoint += '?';
    else {
      this.element.setAttribute('campaign-id', freshId());
      this.#given = [];
      this.#forget();
    }
  }

  removeFrame(): void {
    this.frame?.remove();
    this.owed = null;
  }

  /** A later document has asked nothing yet; the first one may have asked before it loaded. */
  loadFrame(): Promise<void> {
    const frame = this.frame!;
    if (this.#loaded.has(frame)) {
      this.#unsure = this.owed !== null && this.#loadsSinceAsk++ === 0;
      this.owed = null;
      this.#actionsOwed = 0;
    }
    this.#loaded.add(frame);
    return kit.load(frame);
  }

  #hear(): void {
    if (this.#unsure) this.owed = 'either';
    this.#unsure = false;
  }

  isLoggedIn(): void {
    this.#hear();
    this.#loadsSinceAsk = 0;
    // An ask during the replacement of a refused token joins it; asks above the limit are ignored.
    const leavesIt = this.#isAnswering || this.#recentAnswers().length > 3;
    if (this.owed === null || this.owed === 'ask') this.owed = 'ask';
    else if (!leavesIt) this.owed = this.#mayBeLooking ? 'either' : 'ask';
    this.#refreshes = 0;
    this.asks++;
    kit.say(this.frame!, 'isLoggedIn');
  }

  get #isAnswering(): boolean {
    return this.element.status === 'authenticating';
  }

  /** A return to the page may have started a token request: only a running timer shows it. */
  get #mayBeLooking(): boolean {
    return this.owed !== null && this.clock.pending > 0;
  }

  #recentAnswers(): number[] {
    return this.#answered.filter((time) => this.clock.now - time < 60_000);
  }

  fail(code: unknown): void {
    this.#hear();
    const last = this.sent.at(-1);
    if (last !== undefined && this.#lastIsOfThisRun) {
      this.#refused.add(last);
      const isMendable = code === 'TOKEN_EXPIRED' || code === 'TOKEN_EMPTY';
      // A refusal while the frame's answer is in progress is about a token that is already
      // replaced.
      if (isMendable && !this.#isAnswering) {
        this.owed = this.#mayBeLooking ? 'either' : 'refresh';
        this.refusals++;
        this.#loadsSinceAsk = 0;
      }
    }
    kit.say(this.frame!, 'error', code);
  }

  askForAction(): void {
    this.#hear();
    this.#actionsOwed++;
    kit.say(this.frame!, 'requestParticipantAction');
  }

  /** Another frame of the page sends a message that only ours may send. */
  impersonate(): void {
    kit.say(this.frame!, 'isLoggedIn', undefined, window);
  }

  /** Answers every held request. */
  release(answer: Answer): void {
    for (const give of this.#held.splice(0)) give(answer);
  }

  comeBack(): void {
    window.dispatchEvent(new Event('focus'));
  }

  comeOnline(): void {
    window.dispatchEvent(new Event('online'));
  }

  /** Lets everything that needs no clock happen, and checks that all parts agree. */
  async settle(): Promise<void> {
    for (let task = 0; task < 3; task++) await taskWithoutTimer();
    const { status, error, isConnected } = this.element;
    if (status !== this.#told) this.#violate(`status ${status}, told ${this.#told}`);
    const hasState = this.element.matches(`:state(${status})`);
    if (this.#wasInserted && !hasState) this.#violate(`no :state(${status})`);
    if ((status === 'error') !== (error !== null)) this.#violate(`${status} with ${error?.code}`);
    if (error && error.code !== this.#toldError) this.#violate(`${error.code} was not told`);
    if (isConnected) return;
    if (status !== 'idle' || this.frame) this.#violate(`${status} out of the page`);
    if (this.clock.pending > 0) this.#violate('a timer out of the page');
    if (this.#inFlight > 0) this.#violate('a request out of the page');
    if (pageRegistry().routes.size > 0) this.#violate('a route out of the page');
    if (this.element.childElementCount > 0) this.#violate('a div out of the page');
  }

  end(): void {
    this.element.remove();
    this.#restore();
  }

  /** The state of a campaign ends with it. */
  #forget(): void {
    this.owed = null;
    this.asks = 0;
    this.refusals = 0;
    this.expired = 0;
    this.#unsure = false;
    this.#actionsOwed = 0;
    this.#answered = [];
    this.#refreshes = 0;
    this.#refused = new Set();
    this.#lastIsOfThisRun = false;
  }

  #violate(what: string): void {
    this.violations.push(what);
  }

  #onEvent(event: Event): void {
    if (!this.element.isConnected) this.#violate(`${event.type} out of the page`);
    if ('status' in event) this.#told = String(event.status);
    if ('error' in event) this.#toldError = (event.error as { code: string }).code;
  }

  #onSend({ divId, name, data }: Sent): void {
    const { element } = this;
    if (!element.isConnected) this.#violate(`${name} sent out of the page`);
    if (divId !== `qualifio_insert_place_${element.campaignId}`) this.#violate(`sent to ${divId}`);
    if (name === 'requestParticipantAction') {
      if (this.#actionsOwed-- <= 0) this.#violate('an answer about the pre-login screen unasked');
      return;
    }
    const token = String(data);
    if (!this.owed) this.#violate('a token sent unasked');
    if (!this.frame) this.#violate('a token sent without a frame');
    if (this.#refused.has(token)) this.#violate('a refused token sent again');
    this.#answered = [...this.#recentAnswers(), this.clock.now];
    if (this.#answered.length > 4) this.#violate('more than 4 answers in 60 s');
    if (this.owed === 'refresh' && ++this.#refreshes > 1) {
      this.#violate('two tokens refused, and a third sent');
    }
    this.owed = null;
    this.#lastIsOfThisRun = true;
    this.sent.push(token);
  }

  #request(signal: AbortSignal): Promise<Response> {
    if (!this.element.isConnected) this.#violate('a request out of the page');
    if (++this.#inFlight > 1) this.#violate('two requests in flight');
    return new Promise((resolve, reject) => {
      let isOpen = true;
      const end = (settle: () => void): void => {
        if (!isOpen) return;
        isOpen = false;
        this.#inFlight--;
        settle();
      };
      const give = (answer: Answer): void =>
        end(() => {
          if (answer === 'cut') reject(new TypeError('Failed to fetch'));
          else resolve(this.#respond(answer));
        });
      signal.addEventListener('abort', () => end(() => reject(signal.reason)));
      if (this.answer === 'hold') this.#held.push(give);
      else give(this.answer);
    });
  }

  #respond(answer: Answer): Response {
    if (/^\d+$/.test(answer)) return new Response(null, { status: Number(answer) });
    const [type, body] =
      answer === 'html' ? ['text/html', '<p>'] : ['application/jwt', this.#token(answer)];
    return new Response(body, { headers: { 'Content-Type': type } });
  }

  #token(answer: Answer): string {
    const former = this.#given.at(answer === 'first' ? 0 : -1);
    const isFormer = (answer === 'same' || answer === 'first') && former !== undefined;
    const token = isFormer ? former : this.#newToken(answer);
    if (this.#expired.has(token)) this.expired++;
    return token;
  }

  #newToken(answer: Answer): string {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      jti: `${canary}-${++this.#serial}`,
      exp: seconds + (answer === 'expired' ? -1 : 86_400),
      campaignId: answer === 'another campaign' ? this.element.campaignId : technicalId,
    };
    const part = (fields: object): string => base64url.encode(JSON.stringify(marked(fields)));
    const token = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
    this.#given.push(token);
    if (answer === 'expired') this.#expired.add(token);
    return token;
  }
}
