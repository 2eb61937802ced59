// @ts-check
import { secureHeaders } from 'hono/secure-headers';
import { findErrorCase } from './error-cases.js';

/** Names of the Trusted Types policies that may be created. */
const policies = ['lit-html', 'qualifio-campaign'];

/**
 * Headers of every answer. The policy is strict: scripts from the site itself and the kit's host, frames
 * from the campaign host, nothing inline, except on the page with Qualifio's tags. `frame-src` also stops a campaign frame from navigating to
 * another origin.
 *
 * @param {string} campaignUrl origin of the campaign host
 * @returns {import('hono').MiddlewareHandler}
 */
export function pageHeaders(campaignUrl) {
  /** @param {{ trustedTypes?: string[], frames?: string[], isFramed?: boolean, hasTags?: boolean }} changes */
  const headers = ({ trustedTypes = policies, frames = [], isFramed = false, hasTags = false }) =>
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        // Qualifio's tags are inline scripts, and load another one.
        scriptSrc: ["'self'", campaignUrl, ...(hasTags ? ["'unsafe-inline'"] : [])],
        frameSrc: [campaignUrl, ...frames],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        // A policy also limits where the answer to a form redirects: single sign-on leads to the site.
        formAction: ["'self'", 'http://www.publisher.localhost:*'],
        baseUri: ["'none'"],
        frameAncestors: [isFramed ? "'self'" : "'none'"],
        ...(!hasTags && { requireTrustedTypesFor: ["'script'"], trustedTypes }),
      },
      crossOriginOpenerPolicy: 'same-origin-allow-popups',
      referrerPolicy: 'strict-origin-when-cross-origin',
      xFrameOptions: isFramed ? 'SAMEORIGIN' : 'DENY',
      // Only for https, which a real site has.
      strictTransportSecurity: false,
      // The token endpoint sets its own.
      overwrite: false,
    });
  const usual = headers({});
  // Without the element's policy, the kit cannot be loaded: one of the provoked errors.
  const withoutKit = headers({ trustedTypes: ['lit-html'] });
  const withOwnFrames = headers({ frames: ["'self'"] });
  const framed = headers({ isFramed: true });
  /** @type {Record<string, import('hono').MiddlewareHandler>} */
  const own = {
    '/sign-in': headers({ hasTags: true }),
    '/configurator': withOwnFrames,
    '/configurator/preview': framed,
    '/gallery': withOwnFrames,
    '/gallery/panel': framed,
  };
  return (c, next) => {
    const errorCase = findErrorCase(c.req.path.replace('/errors/', ''));
    if (errorCase?.csp === 'no-kit-policy') return withoutKit(c, next);
    return (own[c.req.path] ?? usual)(c, next);
  };
}
