import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QualifioCampaign } from 'qualifio-campaign/react';

const root = document.querySelector('#root');
const props = { ...root.dataset };
customElements.get('qualifio-campaign').kitUrl = props.kitUrl;
globalThis.told = [];

createRoot(root).render(
  createElement(
    StrictMode,
    null,
    createElement(QualifioCampaign, {
      campaignId: props.campaignId,
      channelId: props.channelId,
      host: props.host,
      tokenProvider: async () => (await (await fetch(props.token)).json()).token,
      preLogin: 'never',
      onQualifioReady: () => told.push('ready'),
      onQualifioError: ({ error }) => told.push(error.code),
      onQualifioTokenSent: () => told.push('token-sent'),
    }),
  ),
);
