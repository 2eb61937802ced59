/** What React users can and cannot write. Each expected error is a test: it fails where there is none. */
import {
  QualifioCampaign,
  type QualifioCampaignElement,
  type QualifioCampaignProps,
  QualifioSignIn,
  type QualifioSignInElement,
} from 'qualifio-campaign/react';
import { createRef, useRef, type ReactElement } from 'react';

const ref = createRef<QualifioCampaignElement>();
void ref.current?.resume();

export const component: ReactElement = (
  <QualifioCampaign
    ref={ref}
    campaignId={123456}
    channelId="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
    host="jeux.publisher.com"
    authEndpoint="/qualifio/token"
    loading="manual"
    preLogin="auto"
    prefetchToken
    tokenTimeout={5000}
    className="campaign"
    onClick={(event) => event.preventDefault()}
    tokenProvider={({ campaignId, signal }) => askFor(campaignId, signal)}
    strings={{ logIn: 'Sign in' }}
    onQualifioLoginRequired={(event) => {
      event.waitUntil(Promise.resolve());
      const reason: 'signed-out' | 'expired' = event.reason;
      return reason;
    }}
    onQualifioError={({ error }) => error.code === 'KIT_TIMEOUT'}
    onQualifioTokenSent={({ expiresAt }) => expiresAt?.getTime()}
    onQualifioParticipantAction={(event) => event.respondWith(false)}
    onQualifioStatusChange={({ status, previous }) => status !== previous}
  >
    <form slot="login" />
  </QualifioCampaign>
);

export const tag: ReactElement = (
  <qualifio-campaign
    ref={useRef<QualifioCampaignElement>(null)}
    campaign-id="123456"
    host={undefined}
    loading="lazy"
    tokenProvider={null}
    onqualifio-error={({ error }) => error.httpStatus}
    onClick={(event) => event.preventDefault()}
  />
);

const signInRef = createRef<QualifioSignInElement>();
void signInRef.current?.resume('123456');

export const signIn: ReactElement = (
  <QualifioSignIn
    ref={signInRef}
    authEndpoint="/qualifio/token"
    loginTarget="window"
    tokenTimeout={5000}
    tokenProvider={({ campaignId, signal }) => askFor(campaignId, signal)}
    strings={{ logIn: 'Sign in' }}
    onQualifioError={({ error }) => error.httpStatus}
  />
);

export const signInTag: ReactElement = (
  <qualifio-sign-in
    ref={useRef<QualifioSignInElement>(null)}
    auth-endpoint="/qualifio/token"
    login-target="window"
    token-timeout={5000}
    tokenProvider={({ campaignId, signal }) => askFor(campaignId, signal)}
    onqualifio-error={({ error }) => error.httpStatus}
  />
);

export const wrong: ReactElement[] = [
  // @ts-expect-error a loading that does not exist
  <QualifioCampaign loading="soon" />,
  // @ts-expect-error misspelled
  <QualifioCampaign campainId="1" />,
  // @ts-expect-error not a promise
  <QualifioCampaign tokenProvider={() => 'token'} />,
  // @ts-expect-error an event that does not exist
  <QualifioCampaign onQualifioLogin={() => {}} />,
  // @ts-expect-error no such field
  <QualifioCampaign onQualifioReady={(event) => event.token} />,
  // @ts-expect-error a text that does not exist
  <QualifioCampaign strings={{ login: 'Sign in' }} />,
  // @ts-expect-error camelCase is for the component
  <qualifio-campaign campaignId="1" />,
  // @ts-expect-error not a word of pre-login
  <qualifio-campaign pre-login="sometimes" />,
  // @ts-expect-error no such field
  <qualifio-campaign onqualifio-ready={(event) => event.token} />,
  // @ts-expect-error an attribute of the other element
  <QualifioSignIn host="jeux.publisher.com" />,
  // @ts-expect-error an event of a campaign, which its tag's div dispatches
  <QualifioSignIn onQualifioReady={() => {}} />,
  // @ts-expect-error no such field
  <QualifioSignIn onQualifioError={(event) => event.token} />,
  // @ts-expect-error a target that does not exist
  <qualifio-sign-in login-target="tab" />,
  // @ts-expect-error no such field
  <qualifio-sign-in onqualifio-error={(event) => event.token} />,
  // @ts-expect-error an attribute of the other element
  <qualifio-sign-in host="jeux.publisher.com" />,
  // @ts-expect-error the tag is another
  <qualifio-campain />,
];

// @ts-expect-error a provider gives text or null
export const props: QualifioCampaignProps = { tokenProvider: () => Promise.resolve(1) };

declare function askFor(campaignId: string, signal: AbortSignal): Promise<string | null>;
