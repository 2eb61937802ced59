import type { FrameConfig } from '../config/campaign-config.js';
import type { CampaignState } from './campaign-state.js';
import { documentMember } from '../page/document-member.js';
import { configError, kitError } from '../errors.js';
import { isSameHost } from '../config/host.js';
import { inspect } from '../page/inspection.js';
import { sendChildMessage } from '../page/kit.js';
import { allowedHosts, checkHost } from '../page/page-trust.js';
import { isFromFrame, onMessage, senderHost } from '../page/sender-check.js';

/** What a link connects. */
export interface FrameLinkParts {
  state: CampaignState;
  config: FrameConfig;
  /** The div that the kit fills. */
  div: HTMLElement;
  /** Aborted when the campaign ends. */
  signal: AbortSignal;
}

/** The connection to our frame: only its messages are accepted, and messages are sent only to it. */
export interface FrameLink {
  /** Whether the current message may come from the campaign's frame. */
  isGenuine(name: string, code?: unknown): boolean;
  /**
   * Host of the document that sent the current message; if the kit calls back later, of the one that
   * sent the last message.
   */
  senderHost(): string | null;
  /** Answers the frame whether to show its pre-login screen. @throws {QualifioError} `KIT_LOAD_FAILED` */
  sendPreLogin(answer: boolean): void;
  /**
   * Sends a token to the frame, if it is still ours and on its host.
   *
   * @throws {QualifioError} `FRAME_REMOVED`, `HOST_NOT_ALLOWED`, `KIT_LOAD_FAILED`: the token was not sent.
   */
  sendToken(token: string): void;
}

/**
 * Connects to the frame in `div`, until `signal` is aborted.
 *
 * @param hear called for each message that comes from the campaign's frame and origin. This includes messages that are not part of the exchange: frames also send other text.
 */
export function frameLink(
  { state, config, div, signal }: FrameLinkParts,
  hear: () => void,
): FrameLink {
  const { campaignId, divId, host } = config;
  let lastHost: string | null = null;
  let hasWarned = false;
  const isFrom = (onForeignOrigin?: (origin: string) => void): boolean =>
    isFromFrame(state.frame, [host, ...(allowedHosts() ?? [])], onForeignOrigin);

  const warn = (origin: string): void => {
    if (hasWarned) return;
    hasWarned = true;
    state.warn(`ignored a message from ${origin}, not ${host}; see allowedHosts.`);
  };

  /**
   * The kit finds the frame by the div's id or the frame's id. It must find the frame that asked.
   */
  const check = (): void => {
    const { frame } = state;
    const first = documentMember('getElementById')(divId);
    if (!frame || !div.contains(frame) || !first) {
      throw kitError('FRAME_REMOVED', `The frame has left #${divId}.`);
    }
    const id = `qualifio${campaignId}`;
    const named = documentMember('querySelectorAll')(`[id="${id}"],[name="${id}"]`);
    if (first !== div || [...named].some((element) => element !== frame)) {
      throw kitError('FRAME_REMOVED', `Another element is named ${first !== div ? divId : id}.`);
    }
    if (!isSameHost(frame.src.split('/')[2] ?? '', host)) {
      throw configError('HOST_NOT_ALLOWED', `The frame has left ${host}.`);
    }
    checkHost(host);
  };

  onMessage(() => {
    if (!isFrom()) return;
    lastHost = senderHost();
    state.speaker = state.frame;
    hear();
  }, signal);

  return {
    senderHost: () => senderHost() ?? lastHost,
    isGenuine(name, code) {
      const isGenuine = isFrom(warn);
      inspect({ campaignId, direction: 'to-page', name, code, isGenuine });
      return isGenuine;
    },
    sendPreLogin(answer) {
      const name = 'requestParticipantAction';
      sendChildMessage(divId, name, answer);
      inspect({ campaignId, direction: 'to-frame', name, answer });
    },
    sendToken(token) {
      check();
      const name = 'userInfo';
      sendChildMessage(divId, name, token);
      inspect({ campaignId, direction: 'to-frame', name });
    },
  };
}
