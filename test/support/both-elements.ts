import type { QualifioCampaign } from '../../src/index.js';
import type { QualifioSignIn, SignInCampaign } from '../../src/sign-in/index.js';
import { kitUrl, library, OwnPage } from './own-page.js';
import { campaignOfTag, divIdOf, runningTag, signInLine, signInOf } from './sign-in-page.js';
import { freshId, Puppet, stagePuppet } from './stage.js';

/** A campaign whose frame the test controls, on a page of its own, whichever element answers it. */
export interface StagedCampaign {
  readonly page: OwnPage;
  /** Has the settings. */
  readonly element: QualifioCampaign | QualifioSignIn;
  /** Has the state. */
  readonly campaign: QualifioCampaign | SignInCampaign;
  /** Dispatches the events; the panel is in its shadow root. */
  readonly target: HTMLElement;
  readonly div: HTMLElement;
  readonly puppet: Puppet;
}

/** How a page is opened, and what is on it. */
export interface StageOptions {
  /** Attributes of the element. */
  readonly attributes?: {
    readonly 'auth-endpoint'?: string;
    readonly [name: string]: string | undefined;
  };
  /** How the kit works. Default: it calls back inside the event, so that the sender can be checked. */
  readonly knobs?: Record<string, string>;
  readonly open?: (markup: string) => Promise<OwnPage>;
}

type Stage = (options?: StageOptions) => Promise<StagedCampaign>;

const checked = { callbacks: 'sync', target: 'any' };

/** Stages a campaign for each of the two elements that answer frames, by the element's name. */
export const stages: Readonly<Record<string, Stage>> = {
  '<qualifio-campaign>': async ({ attributes = {}, knobs = checked, open = OwnPage.open } = {}) => {
    const page = await open(library);
    page.element.kitUrl = kitUrl(knobs);
    const element = page.campaign(attributes as Record<string, string>);
    const puppet = await stagePuppet(element, page.document.body);
    const div = page.document.getElementById(divIdOf(element.campaignId))!;
    return { page, element, campaign: element, target: element, div, puppet };
  },
  '<qualifio-sign-in>': async ({ attributes = {}, knobs = checked, open = OwnPage.open } = {}) => {
    const id = freshId();
    const { 'auth-endpoint': url = '', ...more } = attributes;
    const others = Object.entries(more).map(([name, value]) => `${name}="${value}"`);
    const page = await open(signInLine(url, others.join(' ')) + runningTag(id, { knobs }));
    const campaign = await campaignOfTag(page, id);
    const { div } = campaign;
    const puppet = new Puppet(campaign.frame!);
    return { page, element: signInOf(page), campaign, target: div, div, puppet };
  },
};
