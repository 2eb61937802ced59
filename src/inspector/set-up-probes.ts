import type { QualifioError } from '../errors.js';
import { probeEndpoint, redirectTarget, type EndpointReach } from './endpoint-probe.js';
import type { Inspected } from './inspected.js';
import { isReachable, restrictsFrames, sendsMessage } from './probes.js';
import { storedAnswers, type StoredAnswer } from './stored-answers.js';
import type { TimelineEntry } from './timeline-entry.js';

/** What a page finds out only by trying; null until it is known. */
export interface Findings {
  /** Whether the page's policy limits the hosts of frames. */
  restrictsFrames: boolean | null;
  /** Whether there is a server at the host of a frame that sends no message. */
  isHostReachable: boolean | null;
  /** What a request to an unreachable endpoint lacks. */
  reach: EndpointReach | null;
  /** Where an endpoint that answers with a redirect leads. */
  redirect: URL | null;
  /** The endpoint's answers in this site's caches. */
  stored: readonly StoredAnswer[] | null;
}

/** Tries, when the campaign gives a reason, what the page cannot see. */
export class SetUpProbes {
  readonly found: Findings = {
    ...{ restrictsFrames: null, isHostReachable: null, reach: null, redirect: null, stored: null },
  };
  readonly #onResult: () => void;
  /** The frame whose host is tried if the frame is silent. */
  #tried: HTMLIFrameElement | null = null;
  /** The error that the endpoint was last tried for. */
  #probed: QualifioError | null = null;
  #isLooking = false;

  constructor(onResult: () => void) {
    this.#onResult = onResult;
  }

  /** Forgets what it knows of the endpoint of a campaign that is no longer shown. */
  forgetEndpoint(): void {
    this.found.reach = this.found.redirect = this.found.stored = null;
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
    const isFound = await isReachable(new URL(frame.src).origin);
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

  async #probeRedirect(inspected: Inspected): Promise<void> {
    const { endpoint } = inspected.setUp();
    this.found.redirect = endpoint && (await redirectTarget(endpoint));
    this.#onResult();
  }
}
