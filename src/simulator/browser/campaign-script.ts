import { campaignPage, campaignParts } from './campaign-page.js';
import { textOf } from './script-text.js';

const { screen, link } = campaignParts;

/** The script of every document of the campaign; the document has its settings. */
export const campaignScript: string = `(${textOf(campaignPage)})(
  JSON.parse(document.getElementById('settings').textContent),
  { screen: ${textOf(screen)}, link: ${textOf(link)} },
);
`;
