import type { CampaignConfig } from '../config/campaign-config.js';
import type { CampaignState } from './campaign-state.js';
import { documentMember } from '../page/document-member.js';
import { configError, kitError } from '../errors.js';
import { isSameHost } from '../config/host.js';
import { inspect } from '../page/inspection.js';
import { sendChildMessage } from '../page/kit.js';
import { allowedHosts, checkHost } from '../page/page-trust.js';
import { isFromFrame, senderHost } from '../page/sender-check.js';

/** What a link connects. */
export interface FrameLinkParts {
  state: CampaignState;
  config: CampaignConfig;
  /** The div that the kit fills. */
  div: HTMLElement;
}

/** The connection to our frame: only its messages are accepted, and messages are sent only to it. */
export class FrameLink {
  readonly #state: CampaignState;
  readonly #config: CampaignConfig;
  readonly #div: HTMLElement;
  /** Host of the last message from the frame. */
  #lastHost: string | null = null;
  #warned = false;

  constructor({ state, config, div }: FrameLinkParts) {
    this.#state = state;
    this.#config = config;
    this.#div = div;
  }

  get #hosts(): readonly string[] {
    return [this.#config.host, ...(allowedHosts() ?? [])];
  }

  /** Whether the current message may come from the campaign's frame. */
  isGenuine(name: string, code?: unknown): boolean {
    const { campaignId } = this.#config;
    const { frame } = this.#state;
    const isGenuine = isFromFrame(frame, this.#hosts, (other) => this.#warnOf(other));
    inspect({ campaignId, direction: 'to-page', name, code, isGenuine });
    return isGenuine;
  }

  /**
   * Calls `hear` for each message that comes from the campaign's frame and origin, until `signal` is
   * aborted. This includes messages that are not part of the exchange: frames send text of their own.
   */
  watchLife(hear: () => void, signal: AbortSignal): void {
    const listen = (): void => {
      if (!this.#state.frame || !isFromFrame(this.#state.frame, this.#hosts, () => {})) return;
      this.#lastHost = senderHost();
      hear();
    };
    window.addEventListener('message', listen, { signal });
  }

  /**
   * Host of the document that sent the current message; if the kit calls back later, of the one that
   * sent the last message.
   */
  get senderHost(): string | null {
    return senderHost() ?? this.#lastHost;
  }

  /** Answers the frame whether to show its pre-login screen. @throws {QualifioError} `KIT_LOAD_FAILED` */
  sendPreLogin(answer: boolean): void {
    const { campaignId, divId } = this.#config;
    sendChildMessage(divId, 'requestParticipantAction', answer);
    inspect({ campaignId, direction: 'to-frame', name: 'requestParticipantAction', answer });
  }

  /**
   * Sends a token to the frame, if it is still ours and on its host.
   *
   * @throws {QualifioError} `FRAME_REMOVED`, `HOST_NOT_ALLOWED`, `KIT_LOAD_FAILED`: the token was not sent.
   */
  sendToken(token: string): void {
    this.#check();
    const { campaignId, divId } = this.#config;
    sendChildMessage(divId, 'userInfo', token);
    inspect({ campaignId, direction: 'to-frame', name: 'userInfo' });
  }

  /** The kit finds the frame by the div's id, or by the frame's; it must find the frame that asked. */
  #check(): void {
    const { frame } = this.#state;
    const { campaignId, divId, host } = this.#config;
    const div = documentMember('getElementById')(divId);
    if (!frame || !this.#div.contains(frame) || div !== this.#div) {
      throw kitError('FRAME_REMOVED', `The frame has left #${divId}.`);
    }
    const id = `qualifio${campaignId}`;
    const named = documentMember('querySelectorAll')(`[id="${id}"],[name="${id}"]`);
    if ([...named].some((element) => element !== frame)) {
      throw kitError('FRAME_REMOVED', `Another element is named ${id}.`);
    }
    if (!isSameHost(frame.src.split('/')[2] ?? '', host)) {
      throw configError('HOST_NOT_ALLOWED', `The frame has left ${host}.`);
    }
    checkHost(host);
  }

  #warnOf(other: string): void {
    if (this.#warned) return;
    this.#warned = true;
    console.warn(
      `<qualifio-campaign>: ignored a message from ${other}, not ${this.#config.host}; see QualifioCampaign.allowedHosts.`,
    );
  }
}
