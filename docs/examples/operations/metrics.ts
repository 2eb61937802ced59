import { metrics } from '@opentelemetry/api';
import type { TokenEndpointOptions } from 'qualifio-campaign/server';

const meter = metrics.getMeter('qualifio-campaign');
const answers = meter.createCounter('qualifio.token.answers');
const duration = meter.createHistogram('qualifio.token.duration', { unit: 'ms' });

/** The number in the tag, if it is one of yours: an unknown one must not become a label. */
function attributes(code: string, campaignId: string | null): Record<string, string> {
  const isKnown = campaignId !== null && code !== 'CAMPAIGN_UNKNOWN';
  return { code, ...(isKnown && { campaign: campaignId }) };
}

/** Spread it into the options of `createTokenEndpoint`. */
export const listeners: Pick<TokenEndpointOptions, 'onIssued' | 'onError'> = {
  onIssued: (campaignId, { milliseconds }) => {
    answers.add(1, attributes('ISSUED', campaignId));
    duration.record(milliseconds, attributes('ISSUED', campaignId));
  },
  onError: (code, { campaignId, milliseconds, reason }) => {
    answers.add(1, attributes(code, campaignId));
    if (milliseconds !== undefined) duration.record(milliseconds, attributes(code, campaignId));
    if (reason !== undefined) console.error(`qualifio token: ${code}: ${reason}`);
  },
};
