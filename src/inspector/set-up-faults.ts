import { errorGuide } from '../error-guide.js';
import { pageRegistry } from '../page/page-registry.js';
import { endpointFaults } from './endpoint-faults.js';
import { fault, type Evidence, type SetUpFault } from './set-up-fault.js';
import { sightFault } from './sight-fault.js';
import { callbackFaults, elementFaults } from './sign-in-faults.js';
import { looksSameSite } from './site.js';
import { framing, isBlocked } from './violations.js';

/** Longest lifetime, in seconds, of a token that a page should send. */
const longest = 600;
/** A thousand years in seconds: the current time in milliseconds is a larger number. */
const millisecondsAsSeconds = 3.2e10;

/** Nothing else in the set-up of such a page says anything about the page when it is served. */
const pageIsFile = fault(
  'page-is-file',
  'The page is opened from a file. It has no origin, and Qualifio’s script looks for the campaign’s frame in your files, too.',
  'Serve the page: on `http://localhost` during development, otherwise on https. In an app, load the page from your site.',
);

/** The faults that a page can see in its own set-up, most serious first. */
export function findFaults(evidence: Evidence): SetUpFault[] {
  const { signIn, setUp, kit } = evidence;
  if (location.protocol === 'file:') return [pageIsFile];
  return [
    ...(signIn ? elementFaults(signIn) : []),
    ...refusal(evidence),
    ...(signIn ? callbackFaults(setUp.campaignId, kit) : []),
    ...blockedParts(evidence),
    ...sightFault(evidence),
    ...endpointFaults(evidence),
    ...hostFaults(evidence),
    ...tokenFaults(evidence),
    ...adviceFor(evidence),
  ];
}

function* blockedParts({ campaign, setUp, violations }: Evidence): Generator<SetUpFault> {
  const { kitUrl, host, endpoint } = setUp;
  const blocked = (directive: RegExp, origin: string | undefined): boolean =>
    isBlocked(violations, directive, origin);
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
      'Open this URL. If it loads, a browser extension or a network filter blocks it on this page. If it does not, and your page sets `data-kit-url` or `QualifioCampaign.kitUrl`, correct that address.',
    );
  }
  const frameOrigin = originOf(host);
  const isFrameBlocked = blocked(framing, frameOrigin);
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
      `Add its origin: \`frame-src ${frameOrigin}\`. If the page has several policies, in headers and \`<meta>\`, each of them must allow it.`,
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
  const isUntried = isBlocked(violations, /^connect-src/, origin);
  if (isHostReachable === false && !campaign.heard && !isUntried) {
    yield fault(
      'host-unreachable',
      `There is no message from the campaign’s frame yet, and ${setUp.host} does not answer. The frame probably shows an error page of the browser, although the status is \`${campaign.status}\`.`,
      'Check `host` and its DNS record, and open the address in a tab of its own. An extension can also block the host.',
    );
  }
  // The endpoint may have named the host: then the page itself has none.
  const unlisted = /^(.+) is not in allowedHosts\.$/.exec(campaign.error?.message ?? '')?.[1];
  if (unlisted !== undefined) {
    const isInScript = pageRegistry().trust?.setInScript.has('allowedHosts');
    const list = isInScript
      ? '`allowedHosts`, which script of the page sets'
      : '`data-allowed-hosts` of the library’s script tag';
    yield fault(
      'host-not-allowed',
      `The page does not list the campaign’s host, ${unlisted}.`,
      `Correct \`host\`, or add \`${unlisted}\` to ${list}. Hosts are compared as a whole, with the port.`,
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
    const isTop = self === top;
    const cause = isTop
      ? 'its Content-Security-Policy has `sandbox` without `allow-same-origin`'
      : 'the frame around it, or its own Content-Security-Policy, has `sandbox` without `allow-same-origin`';
    yield fault(
      'sandboxed',
      `The page has no origin, because ${cause}. The campaign’s frame then has none either, so that its messages and cookies do not count.`,
      isTop
        ? 'Add `allow-same-origin` to `sandbox` in the page’s header, or remove `sandbox` from it.'
        : 'Add `allow-same-origin` to the `sandbox` of the frame around this page, or of the page’s header.',
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

/** What Qualifio says of the token comes before what a page can see in it. */
function* refusal({ campaign: { error } }: Evidence): Generator<SetUpFault> {
  if (error?.phase !== 'qualifio' || error.code === 'UNKNOWN') return;
  const { code } = error;
  yield fault('token-refused', `Qualifio refused the token: \`${code}\`.`, errorGuide[code].fix);
}

function* tokenFaults({ entries, setUp }: Evidence): Generator<SetUpFault> {
  const token = entries.findLast(({ name }) => name === 'token')?.token;
  if (token?.kind !== 'JWS') return;
  const { secondsLeft, campaignId, isStored } = token;
  if (campaignId === setUp.campaignId && setUp.tokenCampaignId !== campaignId) {
    yield fault(
      'token-names-tag',
      `The token’s \`campaignId\` is ${campaignId}, the tag number, which identifies the channel. A token must contain the campaign ID (technical ID), which normally differs.`,
      'Sign for the campaign ID. With `createTokenEndpoint`, set `campaignId` in `campaigns`, or use `createCampaignFeed`; in an endpoint of your own, look the campaign ID up by the tag number.',
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
      `The token is valid for ${Math.round(secondsLeft / 60)} more minutes. Either its lifetime is too long, or its times are in the future: a clock is ahead, or a local time is used as UTC.`,
      'If the lifetime is too long, set `exp` to five minutes after `iat`, ten at most: the token is used immediately. If not, correct the server’s clock, and set `iat`, `nbf` and `exp` from the current time in UTC; with `createTokenEndpoint`, leave out `clock`. `token-time` of `qualifio-doctor` says whether the times are in the future.',
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
