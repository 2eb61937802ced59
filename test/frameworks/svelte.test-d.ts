/** Svelte's checker looks up a tag's attributes in `SvelteHTMLElements`, and so does this file. */
import type {} from 'qualifio-campaign/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Attributes = SvelteHTMLElements['qualifio-campaign'];

export const right: Attributes = {
  class: 'campaign',
  'campaign-id': '123456',
  loading: 'manual',
  'prefetch-token': true,
  tokenProvider: async ({ attempt }) => (attempt > 1 ? null : 'token'),
  strings: { loginRequired: 'Please sign in' },
  'onqualifio-token-sent': ({ expiresAt }) => expiresAt?.toISOString(),
  onclick: (event) => event.preventDefault(),
};

export const wrong: Attributes[] = [
  // @ts-expect-error a loading that does not exist
  { loading: 'soon' },
  // @ts-expect-error not a promise
  { tokenProvider: () => 'token' },
  // @ts-expect-error no such field
  { 'onqualifio-ready': (event) => event.token },
  // @ts-expect-error the old name
  { endpoint: '/token' },
];
