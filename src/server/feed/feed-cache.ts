import type { Campaign } from '../campaign.js';
import { report, type ErrorListener } from '../error-listener.js';
import { asFeedFault, FeedFault } from './feed-fault.js';
import type { FeedContents } from './feed-reader.js';
import { TokenError, type FeedErrorCode, type TokenErrorContext } from '../token-error.js';

/**
 * Pause between attempts while there is an answer to serve, and between attempts for unknown
 * numbers.
 */
const longestPause = 30_000;
/**
 * The first pause while there is no answer to serve; doubled after each failure, up to
 * `longestPause`.
 */
const firstPause = 1_000;
/** The host has cut off an attempt that still runs after this time: it never ends. */
const cutOff = 20_000;

/** What a cache needs; times in milliseconds. */
export interface FeedCacheOptions {
  readonly read: () => Promise<FeedContents>;
  readonly maxAge: number;
  readonly clock: () => number;
  /** Receives every report, in addition to the listeners of look-ups. */
  readonly onError: ErrorListener | undefined;
  /** Keeps the host awake until a refresh has ended. */
  readonly waitUntil: ((refresh: Promise<unknown>) => unknown) | undefined;
}

interface Attempt {
  readonly startedAt: number;
  readonly listeners: Set<ErrorListener>;
  /** Whether it got an answer; never rejects. */
  readonly done: Promise<boolean>;
}

type Report = readonly [code: FeedErrorCode, context: TokenErrorContext];

/**
 * The campaigns of a feed, in memory. Nothing is read until the first look-up, which waits for the
 * answer. An answer that is too old is served while a new one is read, and for as long as none can
 * be read. There is no timer: a refresh that is due starts at the next look-up.
 *
 * Only one attempt to read runs at a time, and all look-ups that need it wait for it. After a
 * failure with an answer to serve, and after a look-up of an unknown number, the next attempt comes
 * after 30 s. With no answer to serve, an attempt follows the first failure immediately, and later
 * ones after a pause of 1 s that doubles up to 30 s.
 */
export class FeedCache {
  readonly #options: FeedCacheOptions;
  #campaigns: ReadonlyMap<string, Campaign> | null = null;
  #readAt = -Infinity;
  #attempt: Attempt | null = null;
  #failures = 0;
  #failedAt = -Infinity;
  #unknownAt = -Infinity;
  /** The reports about the last answer or the outage, and the listeners that have received them. */
  #reports: readonly Report[] = [];
  #heard = new WeakSet<ErrorListener>();

  constructor(options: FeedCacheOptions) {
    this.#options = options;
  }

  /**
   * The campaign with this number in its JS tag, or null.
   * @throws {TokenError} `FEED_FAILED` if there is nothing to serve
   */
  async find(tagNumber: string, listener: ErrorListener | undefined): Promise<Campaign | null> {
    this.#tell(listener);
    if (!this.#campaigns) return this.#findFirst(tagNumber, listener);
    if (this.#isPast(this.#readAt, this.#options.maxAge)) this.#refresh(listener);
    const campaign = this.#campaigns.get(tagNumber);
    if (campaign) return campaign;
    const mayAsk = this.#running() !== null || this.#isPast(this.#unknownAt, longestPause);
    const attempt = mayAsk ? this.#refresh(listener) : null;
    if (!attempt) return null;
    this.#unknownAt = this.#options.clock();
    await attempt.done;
    return this.#campaigns.get(tagNumber) ?? null;
  }

  async #findFirst(
    tagNumber: string,
    listener: ErrorListener | undefined,
  ): Promise<Campaign | null> {
    await this.#refresh(listener)?.done;
    if (!this.#campaigns) throw new TokenError('FEED_FAILED');
    const campaign = this.#campaigns.get(tagNumber);
    if (!campaign) this.#unknownAt = this.#options.clock();
    return campaign ?? null;
  }

  /** The running attempt, or a new one; null during the pause after a failure. */
  #refresh(listener: ErrorListener | undefined): Attempt | null {
    let attempt = this.#running();
    if (!attempt) {
      if (!this.#isPast(this.#failedAt, this.#pause())) return null;
      attempt = this.#start();
    }
    if (listener) attempt.listeners.add(listener);
    return attempt;
  }

  #running(): Attempt | null {
    const attempt = this.#attempt;
    return attempt && !this.#isPast(attempt.startedAt, cutOff) ? attempt : null;
  }

  #start(): Attempt {
    const { read, clock, onError, waitUntil } = this.#options;
    const end = (contents: FeedContents | FeedFault): boolean => {
      // This attempt seemed to be cut off, and another one has replaced it.
      if (this.#attempt !== attempt) return false;
      this.#attempt = null;
      const isFault = contents instanceof FeedFault;
      if (isFault) this.#fail(contents.message);
      else this.#succeed(contents);
      for (const listener of attempt.listeners) this.#tell(listener);
      return !isFault;
    };
    const attempt: Attempt = {
      startedAt: clock(),
      listeners: new Set(onError && [onError]),
      done: read().then(end, (error: unknown) => end(asFeedFault(error))),
    };
    this.#attempt = attempt;
    // Some `waitUntil` functions throw outside a request; the refresh does not depend on them.
    (async () => waitUntil?.(attempt.done))().catch(() => undefined);
    return attempt;
  }

  #succeed({ campaigns, skipped }: FeedContents): void {
    this.#campaigns = campaigns;
    this.#readAt = this.#options.clock();
    this.#failures = 0;
    this.#failedAt = -Infinity;
    this.#setReports(skipped.map((context) => ['FEED_CHANNEL_SKIPPED', context]));
  }

  #fail(reason: string): void {
    this.#failures += 1;
    this.#failedAt = this.#options.clock();
    // An outage is reported once, however many attempts fail.
    if (this.#failures === 1) this.#setReports([['FEED_FAILED', { campaignId: null, reason }]]);
  }

  /** How long after a failure the next attempt may come. */
  #pause(): number {
    if (this.#campaigns) return longestPause;
    return this.#failures < 2 ? 0 : Math.min(firstPause * 2 ** (this.#failures - 2), longestPause);
  }

  #setReports(reports: readonly Report[]): void {
    this.#reports = reports;
    this.#heard = new WeakSet();
  }

  /** Each listener receives each report once. */
  #tell(listener: ErrorListener | undefined): void {
    if (!listener || this.#heard.has(listener)) return;
    this.#heard.add(listener);
    for (const [code, context] of this.#reports) void report(listener, code, { ...context });
  }

  /** Whether that many milliseconds have passed; also true if the clock was set back. */
  #isPast(since: number, milliseconds: number): boolean {
    const elapsed = this.#options.clock() - since;
    return !(elapsed >= 0 && elapsed < milliseconds);
  }
}
