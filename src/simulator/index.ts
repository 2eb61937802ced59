/**
 * Qualifio's side of the login exchange, for development and tests: the kit,
 * a campaign that a person can play, and a check of tokens that really verifies.
 * Node only, and never part of what browsers load.
 */
export { createSimulator } from './create-simulator.js';
export type { Simulator } from './create-simulator.js';
export { serveSimulator } from './serve.js';
export type { ServedSimulator, ServeOptions } from './serve.js';
export type { KitFacts, KitProfile } from './model/kit-profile.js';
export type { FrameKnobs, KitKnobs, TokenErrorCode } from './model/knob-table.js';
export type { PrivateJwk, SimulatorOptions } from './options.js';
export type { TokenSummary, TranscriptEntry } from './model/transcript.js';
