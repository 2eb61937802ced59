import type { CampaignSettings } from './campaign-settings.js';
import type { Output } from './output.js';

/**
 * The command that checks the page when it is published.
 *
 * @param isInHtml whether the HTML that the server sends has the element.
 */
export function doctorCommand(settings: CampaignSettings, isInHtml: boolean): Output {
  const { campaign, options, pageOrigin, tokenCampaignId } = settings;
  const parts = [
    `npx -p qualifio-campaign qualifio-doctor ${quoted(options.pageUrl)}`,
    `--cookie-file session.txt`,
    `--jwks ${quoted(`${pageOrigin}/jwks.json`)}`,
  ];
  if (tokenCampaignId) parts.push(`--token-campaign ${tokenCampaignId}`);
  if (!isInHtml) {
    parts.push(`--endpoint ${quoted(new URL(options.authEndpoint, options.pageUrl).href)}`);
    parts.push(`--campaign ${campaign.campaignId}`);
  }
  return {
    name: 'Terminal',
    code: parts.join(' \\\n  '),
    note: 'session.txt has the Cookie header of a test account. Without --cookie-file, the doctor does not look at a token.',
  };
}

/** Text for a shell of POSIX. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
