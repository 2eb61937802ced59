/** @jsxImportSource preact */
import type { QualifioCampaign } from 'qualifio-campaign';
import type {} from 'qualifio-campaign/preact';
import type { QualifioSignIn } from 'qualifio-campaign/sign-in';
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

const signInRef = createRef<QualifioSignIn>();

export const signIn: JSX.Element = (
  <qualifio-sign-in
    ref={signInRef}
    auth-endpoint="/qualifio/token"
    login-target="window"
    token-timeout={5000}
    tokenProvider={async ({ reason }) => (reason === 'expired' ? null : 'token')}
    onqualifio-error={({ error }) => error.httpStatus}
  />
);

export const wrong: JSX.Element[] = [
  // @ts-expect-error a loading that does not exist
  <qualifio-campaign loading="soon" />,
  // @ts-expect-error not a promise
  <qualifio-campaign tokenProvider={() => 'token'} />,
  // @ts-expect-error no such field
  <qualifio-campaign onqualifio-ready={(event) => event.token} />,
  // @ts-expect-error a target that does not exist
  <qualifio-sign-in login-target="tab" />,
  // @ts-expect-error no such field
  <qualifio-sign-in onqualifio-error={(event) => event.token} />,
  // @ts-expect-error an attribute of the other element
  <qualifio-sign-in host="jeux.publisher.com" />,
  // @ts-expect-error no such property
  <qualifio-campaign provider={null} />,
];
