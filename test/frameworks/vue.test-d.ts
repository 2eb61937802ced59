/** Vue's checker treats the tags as global components, and so does this file. */
import type {} from 'qualifio-campaign/vue';
import type { GlobalComponents } from 'vue';

type Tag = InstanceType<GlobalComponents['qualifio-campaign']>;
type SignInTag = InstanceType<GlobalComponents['qualifio-sign-in']>;

declare const element: Tag;
void element.reload();
element.$emit satisfies (event: 'qualifio-ready', ready: never) => void;
// @ts-expect-error an event that does not exist
element.$emit satisfies (event: 'qualifio-login', login: never) => void;

declare const signInElement: SignInTag;
void signInElement.resume('123456');
signInElement.$emit satisfies (event: 'qualifio-error', error: never) => void;
// @ts-expect-error an event that the tag's div dispatches
signInElement.$emit satisfies (event: 'qualifio-ready', ready: never) => void;

export const right: Tag['$props'] = {
  class: 'campaign',
  'campaign-id': 123456,
  authEndpoint: '/qualifio/token',
  preLogin: 'never',
  tokenProvider: async () => null,
  strings: { frameTitle: 'Quiz' },
};

export const signIn: SignInTag['$props'] = {
  'auth-endpoint': '/qualifio/token',
  loginTarget: 'window',
  tokenTimeout: 5000,
  tokenProvider: async () => null,
};

export const wrong: Tag['$props'][] = [
  // @ts-expect-error a loading that does not exist
  { loading: 'soon' },
  // @ts-expect-error a pre-login that does not exist
  { preLogin: 'sometimes' },
  // @ts-expect-error not a promise
  { tokenProvider: () => 'token' },
];

export const wrongSignIn: SignInTag['$props'][] = [
  // @ts-expect-error a target that does not exist
  { loginTarget: 'tab' },
  // @ts-expect-error not a promise
  { tokenProvider: () => 'token' },
  // @ts-expect-error an attribute of the other element
  { channelId: 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' },
];
