import { pageRegistry } from '../page/page-registry.js';
import { KitProbe } from './kit-probe.js';
import { entryOf, type TimelineEntry } from './timeline-entry.js';

type Listener = (campaignId: string, entry: TimelineEntry) => void;

const longest = 500;

/**
 * Records what passes between this page and its campaigns from the moment the inspector's module
 * runs, so that an inspector that is added to the page later also shows the beginning. Stores the
 * latest 500 lines of each campaign, only in memory.
 */
class Recorder {
  readonly #entries = new Map<string, TimelineEntry[]>();
  readonly #listeners = new Set<Listener>();
  /** What the page's Content-Security-Policy blocked, oldest first. */
  readonly violations: SecurityPolicyViolationEvent[] = [];
  readonly #documents = new WeakMap<EventTarget, number>();
  readonly #profileListeners = new Set<() => void>();
  /** What is known about the page's kit. */
  readonly kit: KitProbe = new KitProbe(() => this.#profileListeners.forEach((tell) => tell()));

  start(): void {
    this.kit.start();
    (pageRegistry().inspectors ??= new Set()).add((inspection) => {
      const { campaignId } = inspection;
      const entry = entryOf(inspection);
      const entries = this.#entries.get(campaignId) ?? [];
      this.#entries.set(campaignId, entries);
      entries.push(entry);
      if (entries.length > longest) entries.shift();
      for (const tell of this.#listeners) tell(campaignId, entry);
    });
    // A campaign's frame is in the document's light DOM, even if its element is in a shadow root.
    const count = ({ target, isTrusted }: Event): void => {
      if (isTrusted && target) this.#documents.set(target, this.documentsOf(target) + 1);
    };
    document.addEventListener('load', count, { capture: true });
    document.addEventListener('securitypolicyviolation', (violation) => {
      if (violation.disposition === 'enforce' && this.violations.length < longest) {
        this.violations.push(violation);
      }
    });
  }

  /** The lines so far, oldest first. */
  entriesOf(campaignId: string): readonly TimelineEntry[] {
    return this.#entries.get(campaignId) ?? [];
  }

  /** Calls `listener` when more is known about the kit. */
  listenToKit(listener: () => void, signal: AbortSignal): void {
    this.#profileListeners.add(listener);
    signal.addEventListener('abort', () => this.#profileListeners.delete(listener));
  }

  /** How many documents a frame has loaded; each step of a campaign is one. */
  documentsOf(frame: EventTarget): number {
    return this.#documents.get(frame) ?? 0;
  }

  /** Calls `listener` for every message from now on. */
  listen(listener: Listener, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }
}

export const recorder: Recorder = new Recorder();

if (globalThis.document) recorder.start();
