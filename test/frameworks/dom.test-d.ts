/** Plain TypeScript, and a check that the framework types contain every setting of the elements. */
import type {
  QualifioCampaign,
  QualifioCampaignEventMap,
  QualifioError,
  QualifioErrorCode,
} from 'qualifio-campaign';
import type { QualifioCampaignEventProps } from 'qualifio-campaign/react';
import type { QualifioSignIn } from 'qualifio-campaign/sign-in';
import type {
  CampaignAttributes,
  CampaignProperties,
  CampaignProps,
  SignInAttributes,
  SignInProperties,
  SignInProps,
} from 'qualifio-campaign/sign-in-attributes';

const campaign = document.createElement('qualifio-campaign');
campaign satisfies QualifioCampaign;
campaign.addEventListener('qualifio-error', ({ error }) => error satisfies QualifioError);
document.addEventListener('qualifio-login-required', (event) => event.waitUntil(Promise.resolve()));
void campaign.resume().then((isSent: boolean) => isSent);
// @ts-expect-error read-only
campaign.status = 'ready';
// @ts-expect-error not a word of loading
campaign.loading = 'soon';
// @ts-expect-error no such field
campaign.addEventListener('qualifio-ready', (event) => event.token);

'KIT_TIMEOUT' satisfies QualifioErrorCode;
// @ts-expect-error no such code
'KIT_TIMED_OUT' satisfies QualifioErrorCode;

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Name;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Writable<T> = {
  [K in keyof T]-?: (<X>() => X extends { [P in K]: T[K] } ? 1 : 2) extends <X>() => X extends {
    -readonly [P in K]: T[K];
  }
    ? 1
    : 2
    ? K
    : never;
}[keyof T];
type OwnSettings<Tag> = Exclude<
  Writable<Tag>,
  keyof import('lit').ReactiveElement | 'connectedMoveCallback' | 'load' | 'reload' | 'resume'
>;

true satisfies Same<keyof CampaignProps, Camel<keyof CampaignAttributes>>;
true satisfies Same<OwnSettings<QualifioCampaign>, keyof CampaignProps | keyof CampaignProperties>;
true satisfies Same<keyof SignInProps, Camel<keyof SignInAttributes>>;
true satisfies Same<OwnSettings<QualifioSignIn>, keyof SignInProps | keyof SignInProperties>;
true satisfies Same<
  keyof QualifioCampaignEventProps,
  `on${Capitalize<Camel<keyof QualifioCampaignEventMap>>}`
>;

({
  'campaign-id': 123456,
  host: 'jeux.publisher.com',
  loading: 'lazy',
  'prefetch-token': '',
  'token-timeout': '5000',
}) satisfies CampaignAttributes;
({ 'campaign-id': '123456', host: undefined, 'prefetch-token': true }) satisfies CampaignAttributes;
// @ts-expect-error a text that is no number
({ host: 5 }) satisfies CampaignAttributes;
// @ts-expect-error not a word of prefetch-token
({ 'prefetch-token': 'yes' }) satisfies CampaignAttributes;
// @ts-expect-error what can be set only as a property
({ strings: {} }) satisfies CampaignAttributes;
// @ts-expect-error read-only
({ status: 'ready' }) satisfies CampaignAttributes;
