// @ts-check

/**
 * A strict policy for a page with a campaign: scripts from the site itself and the
 * kit's host, frames from the campaign host, nothing inline. `frame-src` also stops
 * a campaign frame from navigating to another origin.
 *
 * @param {string} campaignUrl origin of the campaign host
 * @param {{ allowKitPolicy: boolean }} options false leaves the element's Trusted
 *   Types policy off the list, so that the kit cannot be loaded
 */
export function contentSecurityPolicy(campaignUrl, { allowKitPolicy }) {
  return [
    "default-src 'none'",
    `script-src 'self' ${campaignUrl}`,
    `frame-src ${campaignUrl}`,
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types lit-html${allowKitPolicy ? ' qualifio-campaign' : ''}`,
  ].join('; ');
}

/**
 * @param {string} campaignUrl
 * @param {{ allowKitPolicy: boolean }} options
 * @returns {Record<string, string>}
 */
export function pageHeaders(campaignUrl, options) {
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(campaignUrl, options),
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}
