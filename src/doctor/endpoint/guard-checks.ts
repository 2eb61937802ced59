import { getDomain } from 'tldts';
import type { Context, Target } from '../context.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { bareHeaders, elementHeaders, tokenIn, tokenUrl, withCookie } from './endpoint-request.js';
import type { TokenLeaks } from './token-leaks.js';

const stranger = 'https://stranger.example';

/** Endpoints that got the one POST. */
const posted = new WeakSet<Context>();

/** A signed-in session to try the guard with. */
interface Session {
  readonly subject: string;
  readonly number: string;
  readonly cookie: string;
  readonly leaks: TokenLeaks;
}

/** Asks as strangers, without the cookie: none of them may get permission (CORS) to read answers. */
export async function checkStrangers(
  { report, requester, progress }: Context,
  { endpoint }: Target,
  subject: string,
  number: string,
): Promise<void> {
  if (!report.wants('guard-cors')) return;
  progress(`${subject}, as strangers`);
  const { host, hostname } = endpoint;
  const domain = getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
  const origins = [
    stranger,
    'null',
    // A list that is compared by its beginning, or by its end, takes these for its own.
    `https://${host}.stranger.example`,
    `https://stranger-${domain}`,
  ];
  const preflight = {
    'Access-Control-Request-Method': 'GET',
    'Access-Control-Request-Headers': 'x-requested-with',
  };
  const asks = [
    ...origins.map((origin) => ({ origin, method: 'GET' as const, headers: bareHeaders() })),
    ...origins
      .slice(0, 2)
      .map((origin) => ({ origin, method: 'OPTIONS' as const, headers: preflight })),
  ];
  for (const { origin, method, headers } of asks) {
    const url = tokenUrl(endpoint, number);
    const sent = { ...headers, Origin: origin };
    const answer = await requester.attempt({ url, method, headers: sent });
    if (answer instanceof RequestFailure) {
      report.add('guard-cors', subject, ['skipped', answer.message]);
      return;
    }
    if (allows(answer, origin)) {
      report.add('guard-cors', subject, ['fail', `${method}: ${permission(answer, origin)}`]);
      return;
    }
  }
  report.add('guard-cors', subject, ['pass', 'no permission for strangers']);
}

/** Whether an answer lets a page of the origin read it. */
function allows(answer: Answer, origin: string): boolean {
  const allowed = answer.header('Access-Control-Allow-Origin').trim().toLowerCase();
  return allowed === '*' || allowed === origin.toLowerCase();
}

function permission(answer: Answer, origin: string): string {
  const isAny = answer.header('Access-Control-Allow-Origin').trim() === '*';
  const what = isAny
    ? 'every origin'
    : origin === 'null'
      ? 'the origin null'
      : `${origin}, a stranger,`;
  return `${what} may read answers`;
}

/** Asks with the cookie as requests that must get no token. */
export async function checkGuard(
  context: Context,
  target: Target,
  { subject, number, cookie, leaks }: Session,
): Promise<void> {
  const { report, requester, progress } = context;
  const { endpoint } = target;
  const ordinary = elementHeaders(target);
  const withSite = (site: string) => ({
    ...bareHeaders(),
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Site': site,
  });
  const unknown = number === '999999999999' ? '999999999998' : '999999999999';
  const probes: readonly Probe[] = [
    ['guard-navigation', navigation('same-origin')],
    ['guard-navigation', navigation('cross-site')],
    ['guard-foreign-origin', { ...bareHeaders(), Origin: stranger }],
    ['guard-null-origin', { ...bareHeaders(), Origin: 'null' }],
    ['guard-cross-site', withSite('cross-site')],
    ['guard-same-site', withSite('same-site')],
    ['guard-no-headers', { Accept: '*/*' }],
    ['guard-post', ordinary, number, 'POST'],
    ['guard-unknown-campaign', ordinary, unknown],
    ['guard-malformed-campaign', ordinary, `${number}x`],
  ];
  const passed = new Map<string, number[]>();
  const done = new Set<string>();
  for (const [id, headers, campaign = number, method = 'GET'] of probes) {
    if (!report.wants(id) || done.has(id)) continue;
    if (method === 'POST') {
      if (posted.has(context)) {
        report.add(id, subject, ['skipped', 'only one POST is sent']);
        continue;
      }
      posted.add(context);
    }
    progress(`${subject}, ${id}`);
    const url = tokenUrl(endpoint, campaign);
    const answer = await requester.attempt({ url, method, headers: withCookie(headers, cookie) });
    if (answer instanceof RequestFailure) {
      report.add(id, subject, ['skipped', answer.message]);
      done.add(id);
    } else if (tokenIn(answer)) {
      leaks.note(answer);
      leaks.add({ id, found: `answers ${answer.status} with a token`, answer });
      done.add(id);
    } else {
      passed.set(id, [...(passed.get(id) ?? []), answer.status]);
    }
  }
  for (const [id, statuses] of passed) {
    if (done.has(id)) continue;
    report.add(id, subject, ['pass', `no token: ${[...new Set(statuses)].join(', ')}`]);
  }
}

/** A check, the headers of its request, and if they are not the usual ones, campaign and method. */
type Probe = readonly [
  id: string,
  headers: Readonly<Record<string, string>>,
  campaign?: string,
  method?: 'GET' | 'POST',
];

/** The headers of a browser that opens an address. */
function navigation(site: string): Record<string, string> {
  return {
    Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Upgrade-Insecure-Requests': '1',
    'Sec-Fetch-Site': site,
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-User': '?1',
    'Sec-Fetch-Dest': 'document',
  };
}
