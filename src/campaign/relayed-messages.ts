import { QualifioMessageEvent } from '../events.js';
import { openRelay } from '../page/message-router.js';
import type { CampaignConfig } from '../config/campaign-config.js';
import type { CampaignState } from './campaign-state.js';
import { readRelay, type CampaignSettings } from './element-settings.js';
import type { FrameBudget } from './frame-budget.js';
import type { FrameLink } from './frame-link.js';

/** The parts of a campaign that relay messages. */
export interface RelayParts {
  element: CampaignSettings;
  state: CampaignState;
  config: CampaignConfig;
  link: FrameLink;
  budget: FrameBudget;
  signal: AbortSignal;
}

/**
 * Dispatches an event for each message that `relay` names, and for no others, until it is called again
 * for this campaign, or `signal` is aborted.
 *
 * @throws {QualifioError} `CONFIG_INVALID`, or `KIT_LOAD_FAILED` if a kit throws.
 */
export function relayMessages({ element, state, config, link, budget, signal }: RelayParts): void {
  const names = readRelay(element);
  const relay = (name: string, data: unknown): void => {
    if (!names.includes(name) || !link.isGenuine(name) || !budget.take('message')) return;
    state.dispatch(new QualifioMessageEvent(config.campaignId, name, data));
  };
  openRelay(config.divId, names, relay, signal);
}
