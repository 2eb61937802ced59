import { answerAdvice, statusAdvice } from './endpoint-advice.js';
import { fault, type Evidence, type SetUpFault } from './set-up-fault.js';
import { looksSameSite } from './site.js';

/** What is wrong with the token endpoint, or with what it answers. */
export function* endpointFaults(evidence: Evidence): Generator<SetUpFault> {
  const { endpoint } = evidence.setUp;
  if (!endpoint || evidence.setUp.hasProvider) return;
  const stored = new Set(evidence.stored?.map(({ cache }) => cache));
  yield* [...stored].map((cache) => storedFault(endpoint, cache));
  yield* corsFaults(endpoint, evidence);
  // An answer from a cache is not the endpoint's.
  if (stored.size === 0) yield* answerFaults(evidence);
  yield* signedOutFaults(endpoint, evidence);
}

function storedFault({ origin, pathname }: URL, cache: string): SetUpFault {
  const address = origin === location.origin ? pathname : origin + pathname;
  return fault(
    'endpoint-stored',
    `This site’s service worker stores answers of the token endpoint on the device, in the cache \`${cache}\`. If it ignores the query, the next participant on the device gets the token of the previous one.`,
    `In its \`fetch\` listener, return before \`respondWith()\` for \`${address}\`. In its \`activate\` listener, delete what is stored: \`event.waitUntil(caches.delete('${cache}'))\`.`,
  );
}

const encoding =
  'If the answer has `Content-Encoding`, compress its body so, and once, or leave the header out: browsers drop an answer whose `Content-Encoding` is not that of its body.';
const ending =
  'If it has none, the server or a proxy closes the connection too early, or `Content-Length` is too large.';

function* corsFaults(endpoint: URL, { campaign, reach }: Evidence): Generator<SetUpFault> {
  if (campaign.error?.code !== 'ENDPOINT_UNREACHABLE') return;
  const { message } = campaign.error;
  // Its headers came, so that nothing keeps the page from reading it.
  if (message.includes('answer is incomplete')) {
    yield fault('endpoint-answer', message, `${encoding} ${ending}`);
    return;
  }
  if (!reach) return;
  const { origin } = endpoint;
  if (reach === 'silent') {
    yield fault(
      'endpoint-silent',
      `No server answers at the token endpoint, ${origin}.`,
      'Start it, or correct `auth-endpoint`. If it answers when you open its address, an extension or a network filter blocks it on this page.',
    );
    return;
  }
  const where = `The token endpoint is on another origin, ${origin}, and`;
  const allowOrigin = `\`Access-Control-Allow-Origin: ${location.origin}\``;
  const allowCookies = '`Access-Control-Allow-Credentials: true`';
  const server = 'With `qualifio-campaign/server`, set `allowedOrigins`.';
  if (reach === 'origin') {
    yield fault(
      'endpoint-cors',
      `${where} does not let this page read its answer (CORS).`,
      `Have it send ${allowOrigin} with every answer, errors included, once (not from the endpoint and again from a proxy), or move it to this origin. ${server}`,
    );
  } else if (reach === 'credentials') {
    yield fault(
      'endpoint-cors',
      `${where} does not let this page send the participant’s cookies (CORS).`,
      `Have it send ${allowCookies} and ${allowOrigin} (with cookies, \`*\` does not count) with every answer, errors included. ${server}`,
    );
  } else if (reach === 'preflight') {
    yield fault(
      'endpoint-cors',
      `${where} does not allow the request in its answer to the preflight, an \`OPTIONS\` request without cookies that browsers send first (CORS).`,
      `Have it answer \`OPTIONS\` with status 204, without a login or a redirect, and with ${allowOrigin}, ${allowCookies} and \`Access-Control-Allow-Headers: x-requested-with\`. ${server}`,
    );
  } else {
    yield fault(
      'endpoint-cors',
      `${where} lets this page read some of its answers, but not the one for this campaign.`,
      `Have it send ${allowOrigin} and ${allowCookies} with every answer, errors such as 401 and 500 included. ${server} ${encoding}`,
    );
  }
}

function* answerFaults({ campaign, setUp }: Evidence): Generator<SetUpFault> {
  const { code, message, cause, httpStatus } = campaign.error ?? {};
  if (code === 'ENDPOINT_BAD_RESPONSE') {
    const advice = new Map(Object.entries(answerAdvice)).get(String(cause));
    if (advice) yield fault('endpoint-answer', message!, advice);
  } else if (httpStatus && /^ENDPOINT_F|^CONFIG_/.test(code!)) {
    yield fault('endpoint-answer', message!, statusAdvice(httpStatus, setUp.campaignId));
  }
}

function* signedOutFaults(
  endpoint: URL,
  { campaign, entries, redirect, cacheSign }: Evidence,
): Generator<SetUpFault> {
  const { status, error } = campaign;
  const isSignedOut = status === 'login-required';
  const required = entries.findLast(({ name }) => name === 'qualifio-login-required');
  const cause = isSignedOut ? required?.cause : error?.cause;
  const answer401 = 'For a signed-out participant, answer 401 instead of a redirect.';
  if (cause === 'redirect') {
    const isSlash = redirect && trimmed(redirect) === trimmed(endpoint);
    const address =
      redirect && (redirect.origin === location.origin ? redirect.pathname : redirect);
    yield fault(
      'endpoint-redirect',
      `The token endpoint answers with a redirect${redirect ? ` to ${redirect}` : ''}, which counts as ${isSignedOut ? 'signed out' : 'no answer'}.`,
      isSlash
        ? `That is its own address in another form: set \`auth-endpoint="${address}"\`. ${answer401}`
        : `If the endpoint has moved, set \`auth-endpoint\` to its final address (with or without a slash at the end, as your server wants it). ${answer401}`,
    );
  } else if (isSignedOut) {
    yield cookieAdvice(endpoint, cacheSign);
  }
}

/**
 * An endpoint cannot tell a participant who is signed out from one whose cookie it does not get. An
 * answer from a cache says nothing about either.
 */
function cookieAdvice({ protocol, hostname, pathname }: URL, cacheSign: string | null): SetUpFault {
  const isSameSite = looksSameSite(hostname, location.hostname);
  const site = `It is on another site, ${hostname}, than this page, ${location.hostname}: browsers send it no cookie by default.`;
  // Neither `localhost` nor an IP address has one.
  const parent = /\.[a-z]/i.test(hostname) ? ' or, with `Domain`, for its parent domain' : '';
  const scope = `Set that cookie for ${hostname}${parent}, with \`Path=/\` or another \`Path\` that ${pathname} begins with.`;
  const secure = protocol === 'http:' ? ', and `Secure` on http (some also on `localhost`)' : '';
  const kept = `In the browser’s developer tools (Application or Storage, Cookies), check that the browser keeps it: browsers refuse a \`Domain\` that is neither the host that sets the cookie nor a parent domain of it${secure}. A cookie whose name starts with \`__Host-\` needs \`Secure\` and \`Path=/\`, may not have \`Domain\`, and reaches only the host that sets it.`;
  const cookie = isSameSite
    ? `If the participant is signed in, the session cookie may not reach the endpoint. ${kept} ${scope} \`SameSite\` blocks it only if this page is in a frame on another site.`
    : `If the participant is signed in, set the session cookie with \`SameSite=None; Secure\`. Some browsers then still do not send it: move the endpoint to this page’s site. ${kept} ${scope}`;
  const cached = cacheSign
    ? ` A cache between page and endpoint may give this answer: it has \`${cacheSign}\`.`
    : '';
  const uncache =
    'Leave the endpoint out of the caches of your server, proxy and CDN, have them keep its `Cache-Control: no-store`, and empty them. Then reload this page.';
  const otherwise = 'If it arrives, look for a cache that stores the answer.';
  return {
    id: 'endpoint-cookie',
    severity: 'advice',
    what: `The endpoint says that the participant is signed out.${cached}${isSameSite ? '' : ` ${site}`}`,
    fix: cacheSign ? `${uncache} ${cookie}` : `${cookie} ${otherwise}`,
  };
}

/**
 * An address without the parts that servers often redirect for: scheme, `www.` and a trailing
 * slash.
 */
function trimmed({ host, pathname }: URL): string {
  return host.replace(/^www\./, '') + pathname.replace(/\/+$/, '');
}
