/** Vue's checker treats the tag as a global component, and so does this file. */
import type {} from 'qualifio-campaign/vue';
import type { GlobalComponents } from 'vue';

type Tag = InstanceType<GlobalComponents['qualifio-campaign']>;

declare const element: Tag;
void element.reload();
element.$emit satisfies (event: 'qualifio-ready', ready: never) => void;
// @ts-expect-error an event that does not exist
element.$emit satisfies (event: 'qualifio-login', login: never) => void;

export const right: Tag['$props'] = {
  class: 'campaign',
  'campaign-id': 123456,
  authEndpoint: '/qualifio/token',
  preLogin: 'never',
  tokenProvider: async () => null,
  strings: { frameTitle: 'Quiz' },
};

export const wrong: Tag['$props'][] = [
  // @ts-expect-error a loading that does not exist
  { loading: 'soon' },
  // @ts-expect-error a pre-login that does not exist
  { preLogin: 'sometimes' },
  // @ts-expect-error not a promise
  { tokenProvider: () => 'token' },
];
