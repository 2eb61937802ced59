/**
 * For tests that run with `@playwright/test`: a `test` whose pages meet the simulator in Qualifio's
 * place, and helpers that play a campaign.
 */
export { expect } from '@playwright/test';
export { test } from './test.js';
export type { SimulatorFixtures, SimulatorTestOptions, TestSimulator } from './test.js';
export type { Campaign, CampaignStep, PlayOptions, WaitOptions } from './campaign.js';
export type { SimulatorOptions } from '../options.js';
export type { TranscriptEntry } from '../model/transcript.js';
