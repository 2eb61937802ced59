import { endpointFaults } from './endpoint-faults.js';
import { fault, type Evidence, type SetUpFault } from './set-up-fault.js';
import { callbackFaults, elementFaults } from './sign-in-faults.js';
import { looksSameSite } from './site.js';

/** Longest lifetime, in seconds, of a token that a page should send. */
const longest = 600;
/** A thousand years in seconds: the current time in milliseconds is a larger number. */
const millisecondsAsSeconds = 3.2e10;

/** The faults that a page can see in its own set-up, most serious first. */
export function findFaults(evidence: Evidence): SetUpFault[] {
  const { signIn, setUp, kit } = evidence;
  return [
    ...(signIn ? elementFaults(signIn) : []),
    ...(signIn ? callbackFaults(setUp.campaignId, kit) : []),
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
  const { code, message } = campaign.error ?? {};
  const isTrustedTypes = violations.some(({ effectiveDirective }) =>
    /trusted-types/.test(effectiveDirective),
  );
  if (code === 'KIT_LOAD_FAILED' && isTrustedTypes) {
    yield fault(
      'kit-blocked',
      'The page’s Content-Security-Policy does not allow the Trusted Types policy that loads Qualifio’s script.',
      'Allow it: `trusted-types qualifio-campaign`.',
    );
  } else if (!campaign.frame && blocked(/^script-src/, kitUrl?.origin)) {
    yield fault(
      'kit-blocked',
      `The page’s Content-Security-Policy blocks Qualifio’s script, ${kitUrl?.href}.`,
      `Add its origin: \`script-src ${kitUrl?.origin}\`${nonceAdvice(campaign)}.`,
    );
  } else if (code === 'KIT_LOAD_FAILED' && message!.includes('_qual_async')) {
    yield fault(
      'kit-queue',
      message!,
      'Find the script that changes the queue of Qualifio’s script. It must keep a queue that exists: `window._qual_async = window._qual_async || []`.',
    );
  } else if (code === 'KIT_LOAD_FAILED') {
    yield fault(
      'kit-blocked',
      `Qualifio’s script did not load: ${kitUrl?.href}.`,
      'Open this URL. If it loads, a browser extension or a network filter blocks it on this page.',
    );
  }
  const frameOrigin = originOf(host);
  const isFrameBlocked = blocked(/^(frame|child)-src/, frameOrigin);
  if (code === 'KIT_TIMEOUT' && !isFrameBlocked && host) {
    yield campaign.frame
      ? fault(
          'frame-late',
          `The campaign’s frame has not loaded in time: ${message}`,
          `Open ${frameOrigin} in a tab. If it is slow, make \`kit-timeout\` longer. If it does not answer, check \`host\`.`,
        )
      : fault(
          'frame-missing',
          `Qualifio’s script ran, but has not made the campaign’s frame: ${message}`,
          'Compare `campaign-id`, `channel-id` and `host` with the tag in Qualifio Manager. If they are right, a consent tool, an extension or another script stops Qualifio’s script: allow it.',
        );
  }
  if (isFrameBlocked) {
    yield fault(
      'frame-blocked',
      `The page’s Content-Security-Policy blocks the campaign’s frame, ${host}.`,
      `Add its origin: \`frame-src ${frameOrigin}\`.`,
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

/** An element gives its nonce to the script; a pasted tag cannot. */
function nonceAdvice(campaign: Evidence['campaign']): string {
  if (!('nonce' in campaign)) return '';
  return campaign.nonce
    ? '; or set the `nonce` of this document on the element and on the library’s script tag: the element’s nonce is from another page'
    : '; or set the page’s `nonce` on the element';
}

function* hostFaults(evidence: Evidence): Generator<SetUpFault> {
  const { campaign, setUp, entries, violations, isHostReachable } = evidence;
  const [hostname = ''] = setUp.host.split(':');
  const origin = originOf(setUp.host);
  // A policy may have kept the inspector from trying.
  const isUntried = violations.some(
    ({ effectiveDirective, blockedURI }) =>
      effectiveDirective === 'connect-src' && isOf(blockedURI, origin),
  );
  if (isHostReachable === false && !campaign.heard && !isUntried) {
    yield fault(
      'host-unreachable',
      `There is no message from the campaign’s frame yet, and ${setUp.host} does not answer. The frame probably shows an error page of the browser, although the status is \`${campaign.status}\`.`,
      'Check `host` and its DNS record, and open the address in a tab of its own. An extension can also block the host.',
    );
  }
  if (hostname && !looksSameSite(hostname, location.hostname)) {
    yield fault(
      'cross-site-frame',
      `The campaign’s host, ${hostname}, seems to be on another site than this page, ${location.hostname}.`,
      'Qualifio requires a CNAME under your domain, such as `games.publisher.com`. Without it, browsers treat the campaign as third-party and block its cookies.',
    );
  }
  if (entries.some(({ isIgnored }) => isIgnored)) {
    yield fault(
      'foreign-messages',
      'Messages with this campaign’s id did not come from its frame. They were ignored.',
      'If the campaign redirects to another host, add that host to `allowedHosts`. Otherwise, find out which frame sends them.',
    );
  }
  if (self.origin === 'null') {
    yield fault(
      'sandboxed',
      'The page has no origin, because it is in a frame with `sandbox`. The campaign’s frame then has none either, so that its messages and cookies do not count.',
      'Add `allow-same-origin` to the `sandbox` of the frame around this page.',
    );
  }
  if (globalThis.crossOriginIsolated) {
    yield fault(
      'cross-origin-isolated',
      'The page is cross-origin isolated (`Cross-Origin-Embedder-Policy`), which blocks frames from other origins.',
      'Do not send this header on pages with a campaign.',
    );
  }
}

function* tokenFaults({ entries, setUp }: Evidence): Generator<SetUpFault> {
  const token = entries.findLast(({ name }) => name === 'token')?.token;
  if (token?.kind !== 'JWS') return;
  const { secondsLeft, campaignId, isStored } = token;
  if (campaignId === setUp.campaignId && setUp.tokenCampaignId !== campaignId) {
    yield fault(
      'token-names-tag',
      `The token’s \`campaignId\` is ${campaignId}, the tag number, which identifies the channel. A token must contain the campaign ID (technical ID), which normally differs.`,
      'Sign for the campaign ID: set `campaignId` in the endpoint’s `campaigns`, or use `createCampaignFeed`.',
    );
  }
  // The seconds that are left are not known, so neither is the lifetime.
  if (isStored) return;
  if (secondsLeft === undefined) {
    yield fault(
      'token-without-end',
      'The token has no `exp`. It never expires, so anyone who obtains it can use it forever.',
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
      'Set `exp` to five minutes from now, ten at most: the token is used immediately.',
    );
  }
}

function* adviceFor({ signIn, setUp, restrictsFrames }: Evidence): Generator<SetUpFault> {
  const { host, allowedHosts } = setUp;
  if (restrictsFrames === false) {
    yield {
      id: 'no-frame-src',
      severity: 'advice',
      what: 'The page’s Content-Security-Policy has no `frame-src` to stop the campaign’s frame from navigating to another origin.',
      fix: `Send \`Content-Security-Policy: frame-src ${originOf(host)}\`.`,
    };
  }
  if (allowedHosts === null && host && !signIn) {
    yield {
      id: 'no-allowed-hosts',
      severity: 'advice',
      what: 'Only markup decides which host receives tokens.',
      fix: `Set \`QualifioCampaign.allowedHosts = ['${host}']\`, or set \`data-allowed-hosts\` on the script tag.`,
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
