import { cacheControl } from '../http/headers.js';
import type { Answer } from '../http/requester.js';

const passOn =
  'Let each proxy and firewall pass on `Origin`, `Sec-Fetch-*`, `X-Requested-With` and `Cookie`, and allow the page’s origin. With `qualifio-campaign/server`, check `origin` and `allowedOrigins`; `onError` receives the cause.';
const log =
  'See the log of the endpoint’s server. With `qualifio-campaign/server`, set `onError` and print its `reason`.';

/** What to do if another page is in place of an answer. */
export const otherRoute =
  'If it is your site’s front page or an error page, correct `auth-endpoint`: another route answers.';

/** What to do if a login page is in place of an answer. */
export const wall =
  'If it is a login page, or leads to one, leave the endpoint out of your site’s login wall, so that the endpoint itself answers.';

export const uncache =
  'Leave the endpoint out of the caches of your server, proxy and CDN, have them keep its `Cache-Control: no-store`, and empty them.';

/** What to do about an error status, whether the cookie was sent or not. */
export function statusFix(answer: Answer): string {
  const { status } = answer;
  switch (status) {
    case 400:
    case 422:
      return 'The endpoint did not accept the request. It must receive `campaignId` and `_` in the query: let each proxy and CDN pass on the whole query, and have the endpoint ignore `_`. With `qualifio-campaign/server`, `onError` receives the cause.';
    case 403:
      return withCache(passOn, answer);
    case 404:
    case 410:
      return 'Correct `auth-endpoint`, or `campaign-id`: it is the number in the tag, not the campaign’s technical ID. If both are right, add the campaign to the endpoint.';
    case 405:
    case 501:
      return 'Have the endpoint answer `GET`, and each proxy and firewall pass it on.';
    case 406:
      return 'Have the endpoint answer with JSON if the request has `Accept: application/json, application/jwt;q=0.9`.';
    case 411:
    case 413:
    case 415:
      return 'The request is a `GET` without a body: have the endpoint, and each proxy and firewall in front of it, accept it without `Content-Length` and `Content-Type`.';
    case 414:
      return 'Shorten `auth-endpoint`, or have the server and each proxy in front of it accept longer addresses.';
    case 429:
      return 'Wait a minute, and run the doctor again with `--only endpoint-*`, which sends fewer requests. If the answer is 429 again, the endpoint, or a proxy or firewall in front of it, limits requests: allow one for each participant who reaches the form.';
    case 431:
      return 'Have the endpoint’s server, and each proxy in front of it, accept larger headers, or set fewer and shorter cookies.';
    case 502:
    case 503:
    case 504:
      return `Start the endpoint if it does not run: a proxy in front of it may answer in its place. See the log of the proxy as well. ${log}`;
    default:
      return status >= 500
        ? log
        : 'Have the endpoint answer 200 with a token, or 401 for a signed-out participant. If it does, a proxy or firewall in front of it answers in its place.';
  }
}

/** A fix, and what to do about a cache if the answer may come from one. */
export function withCache(fix: string, answer: Answer): string {
  return mayBeStored(answer) ? `${fix} This answer may come from a cache: ${uncache}` : fix;
}

/** Whether the answer comes from a cache, or one may give it to others. */
export function mayBeStored(answer: Answer): boolean {
  const control = cacheControl(answer);
  const seconds = [answer.header('Age'), control.get('max-age'), control.get('s-maxage')];
  return !control.has('no-store') && seconds.some((value) => Number(value) > 0);
}
