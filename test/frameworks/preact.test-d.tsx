/** @jsxImportSource preact */
import type { QualifioCampaign } from 'qualifio-campaign';
import type {} from 'qualifio-campaign/preact';
import { createRef, type JSX } from 'preact';

const ref = createRef<QualifioCampaign>();

export const right: JSX.Element = (
  <qualifio-campaign
    ref={ref}
    class="campaign"
    campaign-id={123456}
    loading="lazy"
    prefetch-token
    tokenProvider={async ({ reason }) => (reason === 'expired' ? null : 'token')}
    strings={{ tryAgain: 'Once more' }}
    onqualifio-login-required={(event) => event.waitUntil(Promise.resolve())}
    onClick={(event) => event.preventDefault()}
  />
);

export const wrong: JSX.Element[] = [
  // @ts-expect-error a loading that does not exist
  <qualifio-campaign loading="soon" />,
  // @ts-expect-error not a promise
  <qualifio-campaign tokenProvider={() => 'token'} />,
  // @ts-expect-error no such field
  <qualifio-campaign onqualifio-ready={(event) => event.token} />,
  // @ts-expect-error no such property
  <qualifio-campaign provider={null} />,
];
