/** @jsxImportSource solid-js */
import type { QualifioCampaign } from 'qualifio-campaign';
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

export const wrong: JSX.Element[] = [
  // @ts-expect-error a pre-login that does not exist
  <qualifio-campaign pre-login="sometimes" />,
  // @ts-expect-error not a promise
  <qualifio-campaign prop:tokenProvider={() => 'token'} />,
  // @ts-expect-error Solid would lower-case it
  <qualifio-campaign tokenProvider={async () => 'token'} />,
  // @ts-expect-error no such field
  <qualifio-campaign on:qualifio-ready={(event) => event.token} />,
];
