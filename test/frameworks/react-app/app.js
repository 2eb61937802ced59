/** What a React user writes; shared by server and browser. */
import { createElement, Fragment, useState } from 'react';
import { QualifioCampaign, QualifioSignIn } from 'qualifio-campaign/react';

export function App({ heard }) {
  const [host, setHost] = useState('jeux.publisher.com');
  const signIn = createElement(QualifioSignIn, {
    authEndpoint: '/qualifio/token',
    tokenTimeout: 5000,
    tokenProvider: async () => null,
    strings: { logIn: 'Sign in' },
    ref: (element) => heard?.signIn(element),
    onQualifioError: (event) => heard?.error(event.error.message),
  });
  const campaign = createElement(
    QualifioCampaign,
    {
      campaignId: '123456',
      host,
      loading: 'manual',
      prefetchToken: true,
      className: 'campaign',
      tokenProvider: async () => null,
      strings: { logIn: 'Sign in' },
      ref: (element) => heard?.ref(element),
      onQualifioError: (event) => heard?.error(event.error.message),
      onClick: () => setHost('quiz.publisher.com'),
    },
    createElement('p', { slot: 'placeholder' }, 'A quiz'),
  );
  return createElement(Fragment, null, signIn, campaign);
}
