'use client';

import { Campaign } from '@/lib/campaign';
import { logIn } from '@/lib/session';
import type { QualifioCampaignElement, TokenRequest } from 'qualifio-campaign/react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';

/** Gets a token; null if the participant is signed out. */
async function requestToken({ campaignId, signal }: TokenRequest): Promise<string | null> {
  const answer = await fetch(`/qualifio/token?campaignId=${campaignId}`, { signal });
  if (answer.status === 401) return null;
  const { token } = (await answer.json()) as { token: string };
  return token;
}

export default function Quiz(): ReactNode {
  const campaign = useRef<QualifioCampaignElement>(null);
  const [name, setName] = useState('');
  const [heard, setHeard] = useState<string[]>([]);
  const hear = (event: Event): void => setHeard((before) => [...before, event.type]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await logIn(name);
    await campaign.current?.resume();
  }

  return (
    <>
      <Campaign
        ref={campaign}
        campaignId="123456"
        tokenCampaignId="98765"
        channelId="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
        host="jeux.publisher.com"
        authEndpoint="/qualifio/token"
        loginUrl="/login"
        loginReturnParam="next"
        loginTarget="self"
        loading="eager"
        width="100%"
        height={900}
        frameStyle="max-width:810px;margin:0 auto;"
        frameTitle="Quiz"
        preLogin="never"
        relay="step"
        prefetchToken={false}
        tokenTimeout={8000}
        kitTimeout={12000}
        strings={{ loginRequired: 'Log in to take part.' }}
        tokenProvider={requestToken}
        onQualifioReady={hear}
        onQualifioParticipantAction={(event) => {
          event.respondWith(false);
          hear(event);
        }}
        onQualifioLoginRequired={hear}
        onQualifioTokenSent={hear}
        onQualifioMessage={hear}
        onQualifioStatusChange={hear}
        onQualifioError={(event) => {
          if (event.error.code === 'FRAME_REMOVED') event.preventDefault();
          hear(event);
        }}
      >
        <form slot="login" onSubmit={(event) => void submit(event)}>
          <label>
            Name <input value={name} onChange={({ target }) => setName(target.value)} />
          </label>
          <button>Log in{name && ` as ${name}`}</button>
        </form>
      </Campaign>
      <output>{heard.join(' ')}</output>
    </>
  );
}
