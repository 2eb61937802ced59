/**
 * The publisher's token endpoint. It uses only web standards and jose, so it runs on every host.
 */
export { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.js';
export {
  createCampaignFeed,
  type CampaignFeed,
  type CampaignFeedOptions,
} from './feed/campaign-feed.js';
export { createJwksEndpoint, type JwksEndpoint } from './jwks-endpoint.js';
export {
  createProfileEndpoint,
  type ProfileEndpoint,
  type ProfileEndpointOptions,
  type ProfileErrorCode,
} from './profile-endpoint.js';
export { signParticipantToken } from './sign-participant-token.js';
export {
  TokenError,
  type FeedErrorCode,
  type TokenErrorCode,
  type TokenErrorContext,
} from './token-error.js';
export type {
  ContentEncryption,
  EncryptionAlgorithm,
  SigningAlgorithm,
} from './keys/algorithms.js';
export type { Campaign } from './campaign.js';
export type { CampaignLookup, Campaigns } from './campaigns.js';
export type { EncryptionOptions } from './encryption.js';
export type { KeyInput } from './keys/key-source.js';
export type { FeedFetch } from './feed/feed-reader.js';
export type { SignTokenOptions, TokenEndpointOptions, TokenIssuedContext } from './options.js';
export type { Participant } from './participant.js';
export type { PublishedKey } from './public-keys.js';
export type { SignFunction } from './sign-function.js';
export type { FunctionSigningOptions, KeySigningOptions, SigningOptions } from './signing.js';
