/** Svelte's checker looks up a tag's attributes in `SvelteHTMLElements`, and so does this file. */
import type {} from 'qualifio-campaign/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Attributes = SvelteHTMLElements['qualifio-campaign'];
type SignInAttributes = SvelteHTMLElements['qualifio-sign-in'];

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

export const signIn: SignInAttributes = {
  'auth-endpoint': '/qualifio/token',
  'login-target': 'window',
  'token-timeout': 5000,
  tokenProvider: async ({ attempt }) => (attempt > 1 ? null : 'token'),
  'onqualifio-error': ({ error }) => error.httpStatus,
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

export const wrongSignIn: SignInAttributes[] = [
  // @ts-expect-error a target that does not exist
  { 'login-target': 'tab' },
  // @ts-expect-error no such field
  { 'onqualifio-error': (event) => event.token },
  // @ts-expect-error an attribute of the other element
  { 'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
];
