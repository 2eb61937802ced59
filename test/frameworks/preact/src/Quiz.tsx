import 'qualifio-campaign/preact';
import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QualifioCampaign, TokenRequest } from 'qualifio-campaign';
import { logIn } from './session.js';

/** Gets a token; null if the participant is signed out. */
async function requestToken({ campaignId, signal }: TokenRequest): Promise<string | null> {
  const answer = await fetch(`/qualifio/token?campaignId=${campaignId}`, { signal });
  if (answer.status === 401) return null;
  const { token } = (await answer.json()) as { token: string };
  return token;
}

export function Quiz(): VNode {
  const campaign = useRef<QualifioCampaign>(null);
  const [name, setName] = useState('');
  const [heard, setHeard] = useState<string[]>([]);
  const hear = (event: Event): void => setHeard((before) => [...before, event.type]);

  // A server would write objects as text, and hydration sets no properties other than functions.
  useEffect(() => {
    if (campaign.current) campaign.current.strings = { loginRequired: 'Log in to take part.' };
  }, []);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    await logIn(name);
    await campaign.current?.resume();
  }

  return (
    <>
      <qualifio-campaign
        ref={campaign}
        campaign-id="123456"
        token-campaign-id="98765"
        channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
        host="jeux.publisher.com"
        auth-endpoint="/qualifio/token"
        login-url="/login"
        login-return-param="next"
        login-target="self"
        loading="eager"
        width="100%"
        height={900}
        frame-style="max-width:810px;margin:0 auto;"
        frame-title="Quiz"
        pre-login="never"
        relay="step"
        prefetch-token={false}
        token-timeout={8000}
        kit-timeout={12000}
        tokenProvider={requestToken}
        onqualifio-ready={hear}
        onqualifio-participant-action={(event) => {
          event.respondWith(false);
          hear(event);
        }}
        onqualifio-login-required={hear}
        onqualifio-token-sent={hear}
        onqualifio-message={hear}
        onqualifio-status-change={hear}
        onqualifio-error={(event) => {
          if (event.error.code === 'FRAME_REMOVED') event.preventDefault();
          hear(event);
        }}
      >
        <form slot="login" onSubmit={(event) => void submit(event)}>
          <label>
            Name{' '}
            <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
          </label>
          <button>Log in{name && ` as ${name}`}</button>
        </form>
      </qualifio-campaign>
      <output>{heard.join(' ')}</output>
    </>
  );
}
