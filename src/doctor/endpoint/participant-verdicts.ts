// Verdicts on the answers to a participant who gets no token.
import { bodyKind, isRedirect, redirectOrigin } from '../http/headers.js';
import type { Answer } from '../http/requester.js';
import type { Verdict } from '../report.js';
import type { Secrets } from '../secrets.js';
import { foundIn, isPage, tokenAdvice, writingAdvice } from './body-fault.js';
import { contentOf } from './endpoint-request.js';
import { mayBeStored, otherRoute, statusFix, uncache, wall, withCache } from './refusal.js';

const finalAddress =
  'If the redirect does not lead to a login page, correct `auth-endpoint`: the element does not follow redirects, so it must be the final address.';

/** Whether an answer is not the endpoint’s: a login wall, or another route, answers in its place. */
export const isOfAnother = (answer: Answer): boolean =>
  isRedirect(answer) || (contentOf(answer).kind === 'other' && isPage(answer));

/** The verdict of checks that such an answer leaves open. */
export const notOfEndpoint: Verdict = [
  'skipped',
  'a page or a redirect is in place of the endpoint’s answer: see endpoint-signed-out',
];

/** The verdict on an answer without a token to a request without a cookie. */
export function signedOutVerdict(secrets: Secrets, answer: Answer, endpoint: URL): Verdict {
  const { status } = answer;
  if (contentOf(answer).kind === 'signed out') {
    const found = status === 200 ? '{"token": null}' : `${status}`;
    if (!mayBeStored(answer)) return ['pass', found];
    return ['warn', `${found}, which a cache may give to participants who are signed in`, uncache];
  }
  if (isRedirect(answer)) {
    const origin = secrets.hide(redirectOrigin(answer, endpoint));
    const found = `${status}, a redirect to ${origin}; the element takes it for signed out`;
    const fix = `Answer 401 without a redirect if no participant is signed in. ${finalAddress}`;
    return ['warn', found, fix];
  }
  if (status === 403) {
    const fix = `Answer 401 if no participant is signed in. If the endpoint does so, something refuses the request before. ${statusFix(answer)}`;
    return ['warn', '403: the element reports an error, and shows no login', fix];
  }
  if (status === 200) {
    const fix = isPage(answer)
      ? `${wall} It answers 401 if no participant is signed in. ${otherRoute}`
      : writingAdvice(answer, 'token');
    return ['fail', bodyFound(answer), fix];
  }
  return ['fail', statusFound(answer), statusFix(answer)];
}

/** The verdict on an answer without a token to a request with the cookie. */
export function signedInVerdict(secrets: Secrets, answer: Answer, endpoint: URL): Verdict {
  const { status } = answer;
  if (isRedirect(answer)) {
    const origin = secrets.hide(redirectOrigin(answer, endpoint));
    const fix = `Check that the cookie is of a current session. ${finalAddress}`;
    return ['fail', `${status}, a redirect to ${origin}`, withCache(fix, answer)];
  }
  if (contentOf(answer).kind === 'signed out') {
    const isStored = mayBeStored(answer);
    const why = isStored
      ? 'maybe from a cache, since it may be stored'
      : 'or the session cookie is not among those that were given';
    const fix = isStored ? `${uncache} If it is still so, check the cookie.` : undefined;
    return ['fail', `${status}: signed out, ${why}`, fix];
  }
  if (status === 200) {
    const fix = isPage(answer)
      ? `Check that the cookie is of a current session. ${wall} ${otherRoute}`
      : tokenAdvice(answer);
    return ['fail', bodyFound(answer), fix];
  }
  return ['fail', statusFound(answer), statusFix(answer)];
}

function statusFound(answer: Answer): string {
  const { status } = answer;
  return status === 404 || status === 410
    ? `${status}: the endpoint or the campaign is not known`
    : `${status} with ${bodyKind(answer)}`;
}

function bodyFound(answer: Answer): string {
  const found = answer.isCut ? 'more than 1 MB' : foundIn(answer, 'token');
  return `200 with ${found}`;
}
