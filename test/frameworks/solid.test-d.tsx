/** @jsxImportSource solid-js */
import type { QualifioCampaign } from 'qualifio-campaign';
import type { QualifioSignIn } from 'qualifio-campaign/sign-in';
import type {} from 'qualifio-campaign/solid';
import type { JSX } from 'solid-js';

export const right: JSX.Element = (
  <qualifio-campaign
    ref={(element: QualifioCampaign) => void element.load()}
    class="campaign"
    campaign-id="123456"
    token-timeout={5000}
    prop:tokenProvider={async ({ signal }) => (signal.aborted ? null : 'token')}
    prop:strings={{ failed: 'Sorry' }}
    on:qualifio-error={({ error }) => error.phase === 'token'}
    onClick={(event) => event.preventDefault()}
  />
);

export const signIn: JSX.Element = (
  <qualifio-sign-in
    ref={(element: QualifioSignIn) => void element.resume()}
    auth-endpoint="/qualifio/token"
    login-target="window"
    token-timeout={5000}
    prop:tokenProvider={async ({ signal }) => (signal.aborted ? null : 'token')}
    on:qualifio-error={({ error }) => error.phase === 'token'}
  />
);

export const wrong: JSX.Element[] = [
  // @ts-expect-error a pre-login that does not exist
  <qualifio-campaign pre-login="sometimes" />,
  // @ts-expect-error not a promise
  <qualifio-campaign prop:tokenProvider={() => 'token'} />,
  // @ts-expect-error Solid would lower-case it
  <qualifio-campaign tokenProvider={async () => 'token'} />,
  // @ts-expect-error no such field
  <qualifio-campaign on:qualifio-ready={(event) => event.token} />,
  // @ts-expect-error a target that does not exist
  <qualifio-sign-in login-target="tab" />,
  // @ts-expect-error no such field
  <qualifio-sign-in on:qualifio-error={(event) => event.token} />,
  // @ts-expect-error an attribute of the other element
  <qualifio-sign-in host="jeux.publisher.com" />,
];
