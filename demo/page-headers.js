// @ts-check
import { secureHeaders } from 'hono/secure-headers';
import { findErrorCase } from './error-cases.js';

/**
 * Headers of every answer. The policy is strict: scripts from the site itself and the kit's host, frames
 * from the campaign host, nothing inline. `frame-src` also stops a campaign frame from navigating to
 * another origin.
 *
 * @param {string} campaignUrl origin of the campaign host
 * @returns {import('hono').MiddlewareHandler}
 */
export function pageHeaders(campaignUrl) {
  /** @param {string[]} trustedTypes names of the Trusted Types policies that may be created */
  const headers = (trustedTypes) =>
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", campaignUrl],
        frameSrc: [campaignUrl],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        // A policy also limits where the answer to a form redirects: single sign-on leads to the site.
        formAction: ["'self'", 'http://www.publisher.localhost:*'],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes,
      },
      crossOriginOpenerPolicy: 'same-origin-allow-popups',
      referrerPolicy: 'strict-origin-when-cross-origin',
      xFrameOptions: 'DENY',
      // Only for https, which a real site has.
      strictTransportSecurity: false,
      // The token endpoint sets its own.
      overwrite: false,
    });
  const usual = headers(['lit-html', 'qualifio-campaign']);
  // Without the element's policy, the kit cannot be loaded: one of the provoked errors.
  const withoutKit = headers(['lit-html']);
  return (c, next) => {
    const errorCase = findErrorCase(c.req.path.replace('/errors/', ''));
    return (errorCase?.csp === 'no-kit-policy' ? withoutKit : usual)(c, next);
  };
}
