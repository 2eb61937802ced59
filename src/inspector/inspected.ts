import { readConfig } from '../campaign/element-settings.js';
import { pastedTag } from '../config/pasted-tag.js';
import { resolveUrl } from '../config/resolve-url.js';
import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import { hostOf } from '../sign-in/frame-address.js';
import type { QualifioSignIn, SignInCampaign } from '../sign-in/qualifio-sign-in.js';

/** A campaign as the inspector reads it, whichever element answers its frame. */
export interface Inspected {
  /** Its state. */
  readonly campaign: QualifioCampaign | SignInCampaign;
  /** Dispatches its events. */
  readonly target: HTMLElement;
  /** The element that answers the campaign of a pasted tag; null for a `<qualifio-campaign>`. */
  readonly signIn: QualifioSignIn | null;
  /** Its settings, read again at each call. */
  setUp(): SetUp;
}

/** A campaign's settings, as far as they can be read. */
export interface SetUp {
  /** The tag number. */
  readonly campaignId: string;
  /** Campaign host, with its port. */
  readonly host: string;
  /** URL of Qualifio's script; null if the page has none. */
  readonly kitUrl: URL | null;
  /** The token endpoint; null if there is none. */
  readonly endpoint: URL | null;
  /** Whether `tokenProvider` provides the tokens. */
  readonly hasProvider: boolean;
  /** The campaign's technical ID; empty if the page does not declare it. */
  readonly tokenCampaignId: string;
  readonly allowedHosts: readonly string[] | null;
}

/** The campaign of a `<qualifio-campaign>`. */
export function inspectedElement(campaign: QualifioCampaign): Inspected {
  return { campaign, target: campaign, signIn: null, setUp: () => elementSetUp(campaign) };
}

/** The campaign of a pasted tag. */
export function inspectedTag(signIn: QualifioSignIn, campaign: SignInCampaign): Inspected {
  const setUp = (): SetUp => ({
    campaignId: campaign.campaignId,
    host: frameHost(campaign.frame),
    kitUrl: kitOfPage(),
    tokenCampaignId: '',
    ...answering(signIn),
  });
  return { campaign, target: campaign.div, signIn, setUp };
}

/** Reads a campaign's attributes and pasted tag as the element does; malformed values are empty. */
function elementSetUp(campaign: QualifioCampaign): SetUp {
  const { kitUrl } = campaign.constructor as typeof QualifioCampaign;
  const given = {
    kitUrl: resolveUrl(kitUrl, campaign.baseURI),
    tokenCampaignId: String(campaign.tokenCampaignId),
    ...answering(campaign),
  };
  try {
    const { campaignId, host } = readConfig(campaign, pastedTag(campaign));
    return { campaignId, host, ...given };
  } catch {
    const { campaignId, host, frame } = campaign;
    return { campaignId: String(campaignId), host: host || frameHost(frame), ...given };
  }
}

function answering(
  element: QualifioCampaign | QualifioSignIn,
): Pick<SetUp, 'endpoint' | 'hasProvider' | 'allowedHosts'> {
  const { authEndpoint, baseURI, tokenProvider } = element;
  const { allowedHosts } = element.constructor as typeof QualifioCampaign | typeof QualifioSignIn;
  return {
    endpoint: authEndpoint ? resolveUrl(authEndpoint, baseURI) : null,
    hasProvider: Boolean(tokenProvider),
    allowedHosts,
  };
}

/** The host of the frame's address, if no attribute gives one. */
function frameHost(frame: HTMLIFrameElement | null): string {
  return frame ? hostOf(frame) : '';
}

/** A tag loads the kit by itself. */
function kitOfPage(): URL | null {
  const kit = Array.from(document.scripts).find(({ src }) => /\/kit\/qualp[\w.]*\.js/.test(src));
  return kit ? new URL(kit.src) : null;
}
