import {
  html,
  LitElement,
  nothing,
  type CSSResult,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Conversation } from './conversation.js';
import { addressOf, factsOf } from './facts.js';
import { findInspected, missingWords, watchInspected } from './find-inspected.js';
import type { Inspected } from './inspected.js';
import { entryView, factsView, faultsView } from './inspector-view.js';
import { styles } from './qualifio-inspector.styles.js';
import { profileHref, type KitProfile } from './kit-profile.js';
import { recorder } from './recorder.js';
import { findFaults } from './set-up-faults.js';
import { faultsWithoutCampaign } from './sign-in-faults.js';
import { SetUpProbes } from './set-up-probes.js';
import type { SetUpFault } from './set-up-fault.js';
import type { TimelineEntry } from './timeline-entry.js';
import { timelineText } from './timeline-text.js';

/**
 * Shows the conversation between one campaign, of a `<qualifio-campaign>` or of a pasted tag that
 * `<qualifio-sign-in>` answers, and its frame, message by message, and what is wrong with the page's
 * set-up. For development: put it beside the campaign, and remove it before the page goes live.
 *
 * It records messages from the moment its module runs, even if the element is not in the page yet. It
 * receives and shows a token's kind, algorithm, key id, seconds left and the campaign that it names,
 * beside the one that the page declares; it never receives the token. It shows how many documents the
 * frame has loaded, and never the frame's query, which contains session keys.
 *
 * With the first message of a campaign it finds out how Qualifio's script works: see {@link kitProfile}. For this
 * it dispatches a copy of this message on the window, under a name that no other code registers for.
 *
 * Other things it can find out only by trying: whether the page's policy limits frames (one hidden
 * frame, whose address does not exist), whether there is a server at the campaign's host (one request
 * without cookies, whose answer it does not read), and what the answers of a token endpoint on another origin lack
 * (up to four requests, whose answers it does not read). If the endpoint answers with a redirect, it
 * follows it once, without cookies, to find out where it leads. If it says that the participant is signed
 * out, the inspector asks it once more, without cookies, and reads only whether a cache gave the answer.
 *
 * It looks for answers of the token endpoint in the caches of your site, and reads only their `Date`.
 *
 * @summary The conversation of one campaign, for debugging.
 * @tag qualifio-inspector
 *
 * @csspart faults - The list of what is wrong with the set-up.
 * @csspart timeline - The list of messages.
 */
export class QualifioInspector extends LitElement {
  static override styles: CSSResult = styles;

  static override properties: PropertyDeclarations = {
    htmlFor: { attribute: 'for' },
  };

  /**
   * Id of the `<qualifio-campaign>`, in the same document or shadow root, or the number of a pasted tag.
   * Without it, the first `<qualifio-campaign>` there, or else the first tag.
   */
  htmlFor = '';

  #following = new AbortController();
  #conversation: Conversation | null = null;
  readonly #probes = new SetUpProbes(recorder.violations, () => this.#onFound());
  #note = '';
  #isAtEnd = true;
  #connection = new AbortController();

  get #inspected(): Inspected | null {
    return this.#conversation?.inspected ?? null;
  }

  /** The campaign that the inspector shows; null if there is none. */
  get campaign(): Inspected['campaign'] | null {
    return this.#inspected?.campaign ?? null;
  }

  /** The lines of the timeline, oldest first; the latest 500. They contain no token. */
  get entries(): readonly TimelineEntry[] {
    return this.#conversation?.entries ?? [];
  }

  /** What is wrong with the page's set-up, as far as the page can see, most serious first. */
  get faults(): readonly SetUpFault[] {
    if (!this.#inspected) return faultsWithoutCampaign(this.#root, this.htmlFor);
    const { campaign, signIn } = this.#inspected;
    return findFaults({
      campaign,
      signIn,
      entries: this.entries,
      setUp: this.#inspected.setUp(),
      kit: recorder.kit.facts,
      violations: recorder.violations,
      ...this.#probes.found,
    });
  }

  /**
   * What was found out about Qualifio's script on this page, as the simulator plays it; null before the first
   * message of a campaign. It contains no value of a message.
   */
  get kitProfile(): KitProfile | null {
    const { kit } = recorder;
    if (!this.#inspected || !kit.recordedAt) return null;
    const { recordedAt, facts } = kit;
    const kitUrl = addressOf(this.#inspected.setUp().kitUrl);
    return { version: 1, recordedAt, kitUrl, facts };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connection = new AbortController();
    watchInspected(this.getRootNode(), () => this.#find(), this.#connection.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection.abort();
    this.#follow(null);
  }

  /** Empties the timeline. */
  clear(): void {
    this.#note = '';
    this.#conversation?.clear();
  }

  /** The faults and the timeline as plain text, to share with others. It contains no token. */
  toText(): string {
    const { kitProfile } = this;
    const facts = {
      ...factsOf(this.#conversation),
      ...(kitProfile && { 'Kit profile': JSON.stringify(kitProfile) }),
    };
    return timelineText(this.#title(), facts, this.faults, this.entries);
  }

  /** Once per animation frame, however many messages arrive. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && !document.hidden) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    if (this.isConnected) this.#find();
    const log = this.#log;
    this.#isAtEnd = !log || log.scrollTop + log.clientHeight >= log.scrollHeight - 1;
  }

  protected override updated(): void {
    const log = this.#log;
    // A reader who has scrolled up is not interrupted.
    if (log && this.#isAtEnd) log.scrollTop = log.scrollHeight;
  }

  get #log(): Element | null {
    return this.renderRoot.querySelector('[role=log]');
  }

  protected override render(): TemplateResult {
    const title = this.#title();
    return html`<section aria-label=${title}>
      <header>
        <h2>${title}</h2>
        ${this.campaign ? html`<span class="status">${this.campaign.status}</span>` : nothing}
      </header>
      ${
        this.campaign
          ? this.#renderConversation()
          : html`${faultsView(this.faults)}
              <p>${missingWords(this.#root, this.htmlFor)}</p>`
      }
    </section>`;
  }

  #renderConversation(): TemplateResult {
    const { faults, entries, kitProfile } = this;
    return html`${factsView(factsOf(this.#conversation))} ${faultsView(faults)}
      <div class="scroll" role="log" aria-live="off" aria-label="Timeline" tabindex="0">
        ${entries.length === 0 ? html`<p>No messages yet. Play the campaign.</p>` : nothing}
        <ol part="timeline" class="timeline" role="list">
          ${repeat(entries, (entry) => entry, entryView)}
        </ol>
      </div>
      <footer>
        <button type="button" @click=${() => this.clear()}>Clear</button>
        <button type="button" @click=${() => void this.#copy()}>Copy as text</button>
        ${
          kitProfile
            ? html`<a download="kit-profile.json" href=${profileHref(kitProfile)}>Kit profile</a>`
            : nothing
        }
        <span role="status">${this.#note}</span>
      </footer>`;
  }

  get #root(): ParentNode {
    return this.getRootNode() as ParentNode;
  }

  #title(): string {
    return this.#inspected
      ? `Campaign ${this.#inspected.setUp().campaignId}`
      : 'Qualifio inspector';
  }

  #find(): void {
    this.#follow(findInspected(this.#root, this.htmlFor));
  }

  #follow(inspected: Inspected | null): void {
    if (inspected?.campaign === this.#inspected?.campaign) return this.requestUpdate();
    this.#following.abort();
    this.#following = new AbortController();
    const { signal } = this.#following;
    this.#probes.forgetCampaign();
    if (inspected) this.#probes.watchSight(inspected, signal);
    this.#conversation = inspected && new Conversation(inspected, () => this.#onChange(), signal);
    this.#onChange();
  }

  #onChange(): void {
    this.requestUpdate();
    const inspected = this.#inspected;
    if (inspected) this.#probes.look(inspected, this.entries.at(-1), this.renderRoot);
  }

  #onFound(): void {
    this.#conversation?.noteStored(this.#probes.found.stored ?? []);
    this.requestUpdate();
  }

  async #copy(): Promise<void> {
    const copied = navigator.clipboard?.writeText(this.toText());
    this.#note = await Promise.resolve(copied).then(
      () => 'Copied.',
      () => 'The browser did not allow copying.',
    );
    this.requestUpdate();
  }
}
