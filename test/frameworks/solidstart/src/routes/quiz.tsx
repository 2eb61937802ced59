import 'qualifio-campaign/solid';
import type { QualifioCampaign, TokenRequest } from 'qualifio-campaign';
import { createSignal, type JSX } from 'solid-js';
import { logIn } from '../session.js';

/** Gets a token; null if the participant is signed out. */
async function requestToken({ campaignId, signal }: TokenRequest): Promise<string | null> {
  const answer = await fetch(`/qualifio/token?campaignId=${campaignId}`, { signal });
  return answer.status === 401 ? null : (await answer.json()).token;
}

export default function Quiz(): JSX.Element {
  let campaign!: QualifioCampaign;
  const [name, setName] = createSignal('');
  const [heard, setHeard] = createSignal<string[]>([]);
  const hear = (event: Event): void => void setHeard((before) => [...before, event.type]);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    await logIn(name());
    await campaign.resume();
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
        prefetch-token="false"
        token-timeout={8000}
        kit-timeout={12000}
        prop:strings={{ loginRequired: 'Log in to take part.' }}
        prop:tokenProvider={requestToken}
        on:qualifio-ready={hear}
        on:qualifio-participant-action={(event) => {
          event.respondWith(false);
          hear(event);
        }}
        on:qualifio-login-required={hear}
        on:qualifio-token-sent={hear}
        on:qualifio-message={hear}
        on:qualifio-status-change={hear}
        on:qualifio-error={(event) => {
          if (event.error.code === 'FRAME_REMOVED') event.preventDefault();
          hear(event);
        }}
      >
        <form slot="login" onSubmit={(event) => void submit(event)}>
          <label>
            Name <input value={name()} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <button>Log in{name() && ` as ${name()}`}</button>
        </form>
      </qualifio-campaign>
      <output>{heard().join(' ')}</output>
    </>
  );
}
