import './settings.js';
import type { TokenRequest } from 'qualifio-campaign';
import { logIn } from './session.js';

/** Gets a token; null if the participant is signed out. */
async function requestToken({ campaignId, signal }: TokenRequest): Promise<string | null> {
  const answer = await fetch(`/qualifio/token?campaignId=${campaignId}`, { signal });
  return answer.status === 401 ? null : (await answer.json()).token;
}

const campaigns = new WeakSet<Element>();

function setUp(): void {
  const campaign = document.querySelector<HTMLElementTagNameMap['qualifio-campaign']>('#quiz');
  if (!campaign || campaigns.has(campaign)) return;
  campaigns.add(campaign);
  campaign.tokenProvider = requestToken;
  campaign.strings = { loginRequired: 'Log in to take part.' };

  const output = document.querySelector('output')!;
  const hear = (event: Event): void => output.append(` ${event.type}`);
  campaign.addEventListener('qualifio-ready', hear);
  campaign.addEventListener('qualifio-participant-action', (event) => {
    event.respondWith(false);
    hear(event);
  });
  campaign.addEventListener('qualifio-login-required', hear);
  campaign.addEventListener('qualifio-token-sent', hear);
  campaign.addEventListener('qualifio-message', hear);
  campaign.addEventListener('qualifio-status-change', hear);
  campaign.addEventListener('qualifio-error', (event) => {
    if (event.error.code === 'FRAME_REMOVED') event.preventDefault();
    hear(event);
  });

  const form = campaign.querySelector('form')!;
  const name = form.querySelector('input')!;
  name.addEventListener('input', () => {
    form.querySelector('button')!.textContent = `Log in as ${name.value}`;
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void logIn(name.value).then(() => campaign.resume());
  });
}

setUp();
// After each page that Astro's client router loads.
document.addEventListener('astro:page-load', setUp);
