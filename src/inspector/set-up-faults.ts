import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import { endpointFaults } from './endpoint-faults.js';
import { fault, type Evidence, type SetUpFault } from './set-up-fault.js';
import { looksSameSite } from './site.js';

/** Longest lifetime, in seconds, of a token that a page should send. */
const longest = 600;
/** A thousand years: what the clock says in milliseconds is later than that. */
const millisecondsAsSeconds = 3.2e10;

/** The faults that a page can see in its own set-up, most serious first. */
export function findFaults(evidence: Evidence): SetUpFault[] {
  return [
    ...blockedParts(evidence),
    ...endpointFaults(evidence),
    ...hostFaults(evidence),
    ...tokenFaults(evidence),
    ...adviceFor(evidence),
  ];
}

function* blockedParts({ campaign, setUp, violations }: Evidence): Generator<SetUpFault> {
  const { kitUrl, host, endpoint } = setUp;
  const blocked = (directive: RegExp, origin: string | undefined): boolean =>
    violations.some(
      ({ effectiveDirective, blockedURI }) =>
        directive.test(effectiveDirective) && isOf(blockedURI, origin),
    );
  const { code } = campaign.error ?? {};
  const isTrustedTypes = violations.some(({ effectiveDirective }) =>
    /trusted-types/.test(effectiveDirective),
  );
  if (code === 'KIT_LOAD_FAILED' && isTrustedTypes) {
    yield fault(
      'kit-blocked',
      'The page’s policy forbids the Trusted Types policy that loads Qualifio’s script.',
      'Allow it: `trusted-types qualifio-campaign`.',
    );
  } else if (!campaign.frame && blocked(/^script-src/, kitUrl?.origin)) {
    yield fault(
      'kit-blocked',
      `The page’s Content-Security-Policy blocks Qualifio’s script, ${kitUrl?.href}.`,
      `Add its host: \`script-src ${kitUrl?.origin}\`; or ${
        campaign.nonce
          ? 'put the `nonce` of this document on the element and on the library’s script tag: the element’s is of another page.'
          : 'put the page’s `nonce` on the element.'
      }`,
    );
  } else if (code === 'KIT_LOAD_FAILED') {
    yield fault(
      'kit-blocked',
      `Qualifio’s script did not load: ${kitUrl?.href}.`,
      'Open that address. If it loads, an extension or a network filter blocks it on this page.',
    );
  }
  const frameOrigin = originOf(host);
  if (blocked(/^(frame|child)-src/, frameOrigin)) {
    yield fault(
      'frame-blocked',
      `The page’s Content-Security-Policy blocks the campaign’s frame, ${host}.`,
      `Add its host: \`frame-src ${frameOrigin}\`.`,
    );
  }
  if (endpoint && blocked(/^connect-src/, endpoint.origin)) {
    yield fault(
      'endpoint-blocked',
      `The page’s Content-Security-Policy blocks the token endpoint, ${endpoint.origin}.`,
      `Add its origin: \`connect-src ${endpoint.origin}\`.`,
    );
  }
}

function* hostFaults({ setUp, entries }: Evidence): Generator<SetUpFault> {
  const [hostname = ''] = setUp.host.split(':');
  if (hostname && !looksSameSite(hostname, location.hostname)) {
    yield fault(
      'cross-site-frame',
      `The campaign’s host, ${hostname}, seems to belong to another site than this page’s, ${location.hostname}.`,
      'Qualifio asks for a CNAME below your domain, such as `games.publisher.com`: without one, browsers treat the campaign as third-party and block its cookies.',
    );
  }
  if (entries.some(({ isIgnored }) => isIgnored)) {
    yield fault(
      'foreign-messages',
      'Messages with this campaign’s id did not come from its frame, and were ignored.',
      'If the campaign redirects to another host, add that host to `QualifioCampaign.allowedHosts`. If not, find out which frame sends them.',
    );
  }
  if (globalThis.crossOriginIsolated) {
    yield fault(
      'cross-origin-isolated',
      'The page isolates itself (`Cross-Origin-Embedder-Policy`), which blocks frames of other origins.',
      'Do not send that header on pages with a campaign.',
    );
  }
}

function* tokenFaults({ campaign, entries, setUp }: Evidence): Generator<SetUpFault> {
  const token = entries.findLast(({ name }) => name === 'token')?.token;
  if (token?.kind !== 'JWS') return;
  const { secondsLeft, campaignId } = token;
  if (campaignId === setUp.campaignId && String(campaign.tokenCampaignId) !== campaignId) {
    yield fault(
      'token-names-tag',
      `The token’s \`campaignId\` is ${campaignId}, the number in the tag. That is the channel’s number; a token must name the campaign’s technical ID, which normally differs.`,
      'Sign for the technical ID: `campaignId` in the endpoint’s `campaigns`, or `createCampaignFeed`.',
    );
  }
  if (secondsLeft === undefined) {
    yield fault(
      'token-without-end',
      'The token has no `exp`: it never expires, and anyone who finds it can use it forever.',
      'Set `exp` to five minutes from now.',
    );
  } else if (secondsLeft > millisecondsAsSeconds) {
    yield fault(
      'token-in-milliseconds',
      'The token’s `exp` is in milliseconds, so that it expires in thousands of years.',
      'Set `exp`, `iat` and `nbf` in seconds.',
    );
  } else if (secondsLeft > longest) {
    yield fault(
      'token-lifetime',
      `The token is valid for ${Math.round(secondsLeft / 60)} more minutes.`,
      'Make it valid for five minutes, ten at most: it is used immediately.',
    );
  }
}

function* adviceFor({ campaign, setUp, restrictsFrames }: Evidence): Generator<SetUpFault> {
  const { host } = setUp;
  if (restrictsFrames === false) {
    yield {
      id: 'no-frame-src',
      severity: 'advice',
      what: 'The page’s Content-Security-Policy has no `frame-src` that stops the campaign’s frame from going to another origin.',
      fix: `Send \`Content-Security-Policy: frame-src ${originOf(host)}\`.`,
    };
  }
  const { allowedHosts } = campaign.constructor as typeof QualifioCampaign;
  if (allowedHosts === null && host) {
    yield {
      id: 'no-allowed-hosts',
      severity: 'advice',
      what: 'Markup alone decides which host receives tokens.',
      fix: `Set \`QualifioCampaign.allowedHosts = ['${host}']\`, or \`data-allowed-hosts\` on the script.`,
    };
  }
}

/** The kit frames the campaign by the page's own protocol. */
function originOf(host: string): string {
  const url = `${location.protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** Violations name the whole blocked address, or only its origin. */
function isOf(blockedURI: string, origin: string | undefined): boolean {
  return URL.canParse(blockedURI) && new URL(blockedURI).origin === origin;
}
