import type { FrameConfig } from '../config/campaign-config.js';
import type { ExchangeSettings } from './element-settings.js';
import type { CampaignState } from './campaign-state.js';
import type { CampaignTokens } from '../token/campaign-tokens.js';
import { delay } from '../page/delay.js';
import { QualifioParticipantActionEvent } from '../events.js';
import type { FrameBudget } from './frame-budget.js';
import type { FrameDocuments } from './frame-documents.js';
import type { FrameLink } from './frame-link.js';

/** The parts of a campaign that answer the question about the pre-login screen. */
export interface PreLoginParts {
  config: FrameConfig;
  state: CampaignState;
  documents: FrameDocuments;
  tokens: CampaignTokens;
  link: FrameLink;
  budget: FrameBudget;
  /** The settings at each use. */
  read: () => ExchangeSettings;
  signal: AbortSignal;
}

/**
 * Answers the campaign's question whether to show its pre-login screen. A listener of the event
 * decides; if none does, `pre-login` decides. A promise that takes longer than `token-timeout`
 * counts as no answer.
 *
 * @throws {QualifioError} `KIT_LOAD_FAILED`
 */
export async function answerPreLogin(parts: PreLoginParts): Promise<void> {
  const { state, documents, link, budget } = parts;
  if (!budget.take('preLogin')) return;
  const ask = documents.ask(null);
  const event = new QualifioParticipantActionEvent(state.campaignId);
  state.dispatch(event);
  let answer = await listenersAnswer(event, parts);
  if (answer === undefined && ask.state === 'open') answer = await byDefault(parts);
  if (ask.state !== 'open') return;
  documents.close(ask);
  link.sendPreLogin(Boolean(answer));
}

/** Undefined if there is no answer, or it fails or is late. */
async function listenersAnswer(
  { response }: QualifioParticipantActionEvent,
  { read, signal }: PreLoginParts,
): Promise<boolean | undefined> {
  try {
    return response === undefined
      ? undefined
      : ((await Promise.race([response, delay(read().timeout, signal)])) as boolean | undefined);
  } catch {
    return undefined;
  }
}

async function byDefault({ read, tokens }: PreLoginParts): Promise<boolean> {
  try {
    const { preLogin } = read();
    return preLogin === 'auto' ? !(await tokens.isSignedIn()) : preLogin !== 'never';
  } catch {
    return true;
  }
}
