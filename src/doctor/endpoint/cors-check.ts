import type { Context, Target } from '../context.js';
import { lists } from '../http/headers.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { isOfAnother, notOfEndpoint } from './participant-verdicts.js';

/** Checks that an endpoint on another origin lets the page ask, and read its answers. */
export async function checkCors(
  { report, requester }: Context,
  { endpoint, page }: Target,
  subject: string,
  signedOut: Answer,
): Promise<void> {
  if (!page || page.origin === endpoint.origin) {
    const found = page ? 'not needed: it is on the page’s origin' : 'not needed without a page';
    return report.add('endpoint-cors', subject, ['pass', found]);
  }
  if (!report.wants('endpoint-cors')) return;
  if (isOfAnother(signedOut)) return report.add('endpoint-cors', subject, notOfEndpoint);
  const preflight = await requester.attempt({
    url: endpoint,
    method: 'OPTIONS',
    headers: {
      Origin: page.origin,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'x-requested-with',
    },
  });
  if (preflight instanceof RequestFailure) {
    return report.add('endpoint-cors', subject, ['fail', `OPTIONS: ${preflight.message}`]);
  }
  const isOk = preflight.status >= 200 && preflight.status < 300;
  const missing =
    permissionMissing(signedOut, page.origin) ??
    (isOk ? undefined : `OPTIONS answers ${preflight.status}`) ??
    permissionMissing(preflight, page.origin) ??
    (lists(preflight.header('Access-Control-Allow-Headers'), 'x-requested-with')
      ? undefined
      : 'OPTIONS: Access-Control-Allow-Headers lacks x-requested-with');
  const isTwice = [signedOut, preflight].some((answer) => timesOf(answer) > 1);
  report.add('endpoint-cors', subject, [
    missing ? 'fail' : 'pass',
    missing ?? `${page.origin} may read answers`,
    isTwice
      ? 'Send `Access-Control-Allow-Origin` once, with the page’s exact origin: from the endpoint, or from the proxy in front of it.'
      : undefined,
  ]);
}

const timesOf = (answer: Answer): number =>
  answer.header('Access-Control-Allow-Origin').split(',').length;

function permissionMissing(answer: Answer, origin: string): string | undefined {
  if (timesOf(answer) > 1) {
    return 'Access-Control-Allow-Origin is there more than once: browsers accept one value';
  }
  if (answer.header('Access-Control-Allow-Origin') !== origin) {
    return `Access-Control-Allow-Origin is not ${origin}`;
  }
  const isAllowed = answer.header('Access-Control-Allow-Credentials') === 'true';
  return isAllowed ? undefined : 'Access-Control-Allow-Credentials is not true';
}
