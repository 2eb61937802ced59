import type { QualifioError } from '../errors.js';
import { cacheSign } from './cache-probe.js';
import { probeEndpoint, redirectTarget, type EndpointReach } from './endpoint-probe.js';
import { watchSight, type Hiding } from './frame-sight.js';
import type { Inspected } from './inspected.js';
import { isReachable, restrictsFrames, sendsMessage } from './probes.js';
import { storedAnswers, type StoredAnswer } from './stored-answers.js';
import type { TimelineEntry } from './timeline-entry.js';
import { framing, isBlocked, type Violations } from './violations.js';

/** What a page finds out only by trying; null until it is known. */
export interface Findings {
  /** Whether the page's policy limits the hosts of frames. */
  restrictsFrames: boolean | null;
  /** Whether there is a server at the host of a frame that sends no message. */
  isHostReachable: boolean | null;
  /** The style that hides the campaign's frame. */
  hiding: Hiding | null;
  /** What a request to an unreachable endpoint lacks. */
  reach: EndpointReach | null;
  /** Where an endpoint that answers with a redirect leads. */
  redirect: URL | null;
  /** The header that shows a cache between page and endpoint. */
  cacheSign: string | null;
  /** The endpoint's answers in this site's caches. */
  stored: readonly StoredAnswer[] | null;
}

/** Tries, when the campaign gives a reason, what the page cannot see. */
export class SetUpProbes {
  readonly found: Findings = {
    restrictsFrames: null,
    isHostReachable: null,
    hiding: null,
    reach: null,
    redirect: null,
    cacheSign: null,
    stored: null,
  };
  readonly #violations: Violations;
  readonly #onResult: () => void;
  /** The frame whose host is tried if the frame is silent. */
  #tried: HTMLIFrameElement | null = null;
  /** The error that the endpoint was last tried for. */
  #probed: QualifioError | null = null;
  #isLooking = false;
  /** The answer without a participant for which caches were last looked for. */
  #signedOut: TimelineEntry | null = null;

  /** @param violations grows while the page is open. */
  constructor(violations: Violations, onResult: () => void) {
    this.#violations = violations;
    this.#onResult = onResult;
  }

  /** Forgets what it knows of a campaign that is no longer shown. */
  forgetCampaign(): void {
    this.found.hiding = null;
    this.found.reach = this.found.redirect = this.found.stored = this.found.cacheSign = null;
  }

  /** Watches whether a style hides a campaign's frame, until `signal` is aborted. */
  watchSight(inspected: Inspected, signal: AbortSignal): void {
    const onChange = (hiding: Hiding | null): void => {
      this.found.hiding = hiding;
      this.#onResult();
    };
    watchSight(inspected, onChange, signal);
  }

  /**
   * Tries what the campaign's state and its latest message give a reason for.
   *
   * @param root gets the hidden frame that shows whether frames are limited.
   */
  look(inspected: Inspected, latest: TimelineEntry | undefined, root: ParentNode): void {
    const { frame, error } = inspected.campaign;
    if (frame && this.found.restrictsFrames === null) void this.#probeFrames(root);
    if (frame && frame !== this.#tried) void this.#probeHost(inspected, frame);
    // Once for each error: what was found before may be fixed.
    if (error?.code === 'ENDPOINT_UNREACHABLE' && error !== this.#probed) {
      this.#probed = error;
      void this.#probeEndpoint(inspected);
    }
    const isRedirect = latest?.cause === 'redirect' || error?.cause === 'redirect';
    if (isRedirect && !this.found.redirect) void this.#probeRedirect(inspected);
    const isSignedOut = latest?.cause && !/^(redirect|provider)$/.test(String(latest.cause));
    if (isSignedOut && latest !== this.#signedOut) void this.#probeCache(inspected, latest);
    // A worker may store an answer after the page has received it.
    if (!this.#isLooking) void this.#findStored(inspected);
  }

  async #probeFrames(root: ParentNode): Promise<void> {
    this.found.restrictsFrames = await restrictsFrames(root);
    this.#onResult();
  }

  async #probeHost({ campaign }: Inspected, frame: HTMLIFrameElement): Promise<void> {
    this.#tried = frame;
    this.found.isHostReachable = null;
    // A policy may block the request, and report it.
    if (campaign.heard || (await sendsMessage(frame)) || this.#tried !== frame) return;
    const { origin } = new URL(frame.src);
    // The reason for the silence is known.
    if (isBlocked(this.#violations, framing, origin)) return;
    const isFound = await isReachable(origin);
    if (this.#tried !== frame) return;
    this.found.isHostReachable = isFound;
    this.#onResult();
  }

  async #probeEndpoint(inspected: Inspected): Promise<void> {
    this.found.reach = null;
    const { endpoint } = inspected.setUp();
    if (!endpoint || endpoint.origin === location.origin) return;
    this.found.reach = await probeEndpoint(endpoint);
    this.#onResult();
  }

  async #findStored(inspected: Inspected): Promise<void> {
    const { endpoint } = inspected.setUp();
    if (!endpoint) return;
    this.#isLooking = true;
    const stored = await storedAnswers(endpoint);
    this.#isLooking = false;
    const isChange = stored.length > 0 || this.found.stored?.length;
    this.found.stored = stored;
    if (isChange) this.#onResult();
  }

  async #probeCache(inspected: Inspected, signedOut: TimelineEntry): Promise<void> {
    this.#signedOut = signedOut;
    const { endpoint, campaignId } = inspected.setUp();
    const sign = endpoint && (await cacheSign(endpoint, campaignId));
    if (this.#signedOut !== signedOut) return;
    this.found.cacheSign = sign;
    this.#onResult();
  }

  async #probeRedirect(inspected: Inspected): Promise<void> {
    const { endpoint } = inspected.setUp();
    this.found.redirect = endpoint && (await redirectTarget(endpoint));
    this.#onResult();
  }
}
