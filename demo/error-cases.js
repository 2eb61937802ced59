// @ts-check
// Every error of the element that a page can cause, and the step at which it appears. One row is
// one page, /errors/<id>.
import { faulty, tokenErrorGroups } from './token-error-cases.js';

/**
 * @typedef {object} ErrorCase
 * @property {string} id
 * @property {string} title what is wrong
 * @property {string} outcome the error code, or what happens instead
 * @property {'load' | 'form' | 'button'} when immediately; at the campaign's form step, signed in; on a button
 * @property {string} [endpoint] token endpoint, instead of the working one
 * @property {string} [knobs] faults of the simulated kit and frame, as a query
 * @property {string} [allowedHosts] `data-allowed-hosts` of the script
 * @property {Record<string, string | null>} [attributes] of the element; null removes one
 * @property {'no-kit-policy'} [csp] a change to the page's Content-Security-Policy
 * @property {'throwing-provider' | 'second-element'} [extra] what the page's script adds
 */

/** @typedef {{ title: string, cases: readonly ErrorCase[] }} ErrorGroup */

/** @type {readonly ErrorGroup[]} */
export const errorGroups = [
  {
    title: 'Configuration',
    cases: [
      {
        id: 'missing-campaign-id',
        title: 'The element has no campaign-id',
        outcome: 'CONFIG_INVALID',
        when: 'load',
        attributes: { 'campaign-id': null },
      },
      {
        id: 'malformed-channel-id',
        title: 'The channel-id is not a GUID',
        outcome: 'CONFIG_INVALID',
        when: 'load',
        attributes: { 'channel-id': 'summer-quiz' },
      },
      {
        id: 'no-tag',
        title: 'Neither the page nor the endpoint names channel and host',
        outcome: 'CONFIG_INVALID',
        when: 'load',
        endpoint: faulty('unknown-campaign'),
        attributes: { 'channel-id': null, host: null },
      },
      {
        id: 'no-endpoint',
        title: 'No token endpoint is named',
        outcome: 'CONFIG_INVALID',
        when: 'form',
        attributes: { 'auth-endpoint': null },
      },
      {
        id: 'host-not-on-the-list',
        title: 'The page allows only other campaign hosts',
        outcome: 'HOST_NOT_ALLOWED',
        when: 'load',
        allowedHosts: 'elsewhere.publisher.localhost',
      },
      {
        id: 'host-refused-by-endpoint',
        title: 'The endpoint names another host for its token',
        outcome: 'HOST_NOT_ALLOWED',
        when: 'form',
        endpoint: faulty('other-host'),
      },
      {
        id: 'duplicate-campaign',
        title: 'The page has the campaign twice',
        outcome: 'DUPLICATE_CAMPAIGN',
        when: 'load',
        extra: 'second-element',
      },
    ],
  },
  {
    title: 'Kit and frame',
    cases: [
      {
        id: 'kit-missing',
        title: 'The kit answers 404',
        outcome: 'KIT_LOAD_FAILED',
        when: 'load',
        knobs: 'kit=404',
      },
      {
        id: 'kit-is-html',
        title: 'The kit is an HTML page',
        outcome: 'KIT_LOAD_FAILED or KIT_TIMEOUT',
        when: 'load',
        knobs: 'kit=html',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'kit-blocked',
        title: 'The page’s Content-Security-Policy blocks the kit',
        outcome: 'KIT_LOAD_FAILED',
        when: 'load',
        csp: 'no-kit-policy',
      },
      {
        id: 'kit-never-starts',
        title: 'The kit loads and does nothing',
        outcome: 'KIT_TIMEOUT',
        when: 'load',
        knobs: 'kit=never',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'no-frame',
        title: 'The kit makes no frame',
        outcome: 'KIT_TIMEOUT',
        when: 'load',
        knobs: 'frame=none',
        attributes: { 'kit-timeout': '3000' },
      },
      {
        id: 'late-frame',
        title: 'The frame appears after the deadline',
        outcome: 'KIT_TIMEOUT, then ready',
        when: 'load',
        knobs: 'frame=late',
        attributes: { 'kit-timeout': '1000' },
      },
      {
        id: 'frame-removed',
        title: 'Another script removes the frame',
        outcome: 'FRAME_REMOVED',
        when: 'button',
      },
    ],
  },
  ...tokenErrorGroups,
];

/**
 * @param {string} id
 * @returns {ErrorCase | undefined}
 */
export function findErrorCase(id) {
  return errorGroups.flatMap(({ cases }) => cases).find((known) => known.id === id);
}
