import type { QualifioCampaign } from '../index.js';
import type { Attribute } from './campaign-settings.js';

/** What the configurator passes to the page of the preview, in its hash: servers never receive it. */
export interface PreviewSettings {
  readonly attributes: readonly Attribute[];
  readonly isSignedIn: boolean;
}

/** Attributes that the preview takes over; the others name servers of the publisher. */
const shown = [
  ...['campaign-id', 'channel-id', 'loading', 'pre-login', 'prefetch-token'],
  ...['width', 'height', 'frame-style'],
];

export function previewHash(settings: PreviewSettings): string {
  return `#${encodeURIComponent(JSON.stringify(settings))}`;
}

/**
 * Shows a campaign of the simulator with the publisher's attributes in `place`, whose
 * `data-campaign-preview` is the simulator's host. `data-endpoint` is a token endpoint that signs for
 * the simulator; without it the participant stays signed out.
 */
export function showPreview(place: HTMLElement, hash: string): void {
  const { campaignPreview: host = '', endpoint } = place.dataset;
  const { attributes, isSignedIn } = readHash(hash);
  const campaign = document.createElement('qualifio-campaign') as QualifioCampaign;
  for (const { name, value } of attributes) {
    if (shown.includes(name)) campaign.setAttribute(name, value);
  }
  campaign.setAttribute('host', host);
  campaign.setAttribute('login-url', logIn);
  const logInHere = (): void => {
    campaign.tokenProvider = null;
    if (endpoint === undefined) return;
    campaign.setAttribute('auth-endpoint', endpoint);
    void campaign.resume();
  };
  if (isSignedIn && endpoint !== undefined) campaign.setAttribute('auth-endpoint', endpoint);
  else campaign.tokenProvider = () => Promise.resolve(null);
  place.replaceChildren(campaign);
  if (campaign.loading === 'manual') place.append(startButton(campaign));
  addEventListener('hashchange', () => location.hash === logIn && logInHere());
}

/** The login page of the preview is the preview: following its link logs in. */
const logIn = '#log-in';

function readHash(hash: string): PreviewSettings {
  try {
    const settings = JSON.parse(decodeURIComponent(hash.slice(1))) as PreviewSettings;
    if (Array.isArray(settings.attributes)) return settings;
  } catch {
    // The same as no settings.
  }
  return { attributes: [], isSignedIn: false };
}

function startButton(campaign: QualifioCampaign): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Call load()';
  button.addEventListener('click', () => {
    button.remove();
    void campaign.load();
  });
  return button;
}
