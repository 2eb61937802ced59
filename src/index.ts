/** Defines `<qualifio-campaign>` and exports its class, events, errors and types. */
import './define.js';

export { QualifioCampaign } from './element/qualifio-campaign.js';
export {
  QualifioError,
  type QualifioErrorCode,
  type QualifioErrorOptions,
  type QualifioErrorPhase,
} from './errors.js';
export * from './events.js';
export type { CampaignStrings } from './element/strings/campaign-strings.js';
export type { TokenProvider, TokenReason, TokenRequest } from './token/token-source.js';
