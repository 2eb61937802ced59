import { campaignPage, campaignParts } from './campaign-page.js';
import { textOf } from './script-text.js';

const { screen, link } = campaignParts;

/** The script of every document of the campaign. Its settings are in the document. */
export const campaignScript: string = `(${textOf(campaignPage)})(
  JSON.parse(document.getElementById('settings').textContent),
  { screen: ${textOf(screen)}, link: ${textOf(link)} },
);
`;
