import { isSameHost } from '../../config/host.js';
import type { Context, Target, TargetCampaign } from '../context.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { failureVerdict, type Verdict } from '../report.js';
import { contentOf, elementHeaders, tokenUrl, withCookie } from './endpoint-request.js';
import { checkCors } from './cors-check.js';
import { checkGuard, checkStrangers } from './guard-checks.js';
import { checkHeaders, checkStored } from './header-checks.js';
import type { KeySource } from './key-source.js';
import { signedInVerdict, signedOutVerdict } from './participant-verdicts.js';
import { readTag, tagFix, type TagAnswer } from './tag-answer.js';
import { TokenLeaks } from './token-leaks.js';
import { checkNumbers, checkTokens, type IssuedToken } from './token-checks.js';

/** What an endpoint answered for elements that ask it for their tags, by the number of the campaign. */
export type Tags = ReadonlyMap<string, TagAnswer>;

/**
 * Checks a token endpoint: signed out, from strangers, then with the cookie.
 *
 * @param cookie undefined if there is none, or it must not go there.
 * @param whyNone why there is none.
 */
export async function checkEndpoint(
  context: Context,
  target: Target,
  { cookie, whyNone, keys }: { cookie: string | undefined; whyNone: string; keys: KeySource },
): Promise<Tags> {
  const { report, requester, secrets } = context;
  const { endpoint, campaigns } = target;
  const subject = secrets.hide(endpoint.origin + endpoint.pathname);
  const [first] = campaigns;
  const skip = (why: string, fix = ''): void => {
    for (const area of ['endpoint', 'guard', 'token'] as const) {
      report.skipRest(area, subject, why, fix);
    }
  };
  if (!first) {
    skip('no campaign is known', 'Give --campaign with the number in the tag.');
    return new Map();
  }
  context.progress(`${subject}, signed out`);
  const url = tokenUrl(endpoint, first.number);
  const signedOut = await requester.attempt({ url, headers: elementHeaders(target) });
  if (signedOut instanceof RequestFailure) {
    report.add('endpoint-answers', subject, failureVerdict(report, signedOut));
    skip(`the endpoint does not answer: ${signedOut.message}`);
    return new Map();
  }
  report.add('endpoint-answers', subject, ['pass', `answers ${signedOut.status}`]);
  const leaks = new TokenLeaks(report, subject);
  try {
    return await checkAnswers(context, target, {
      subject,
      signedOut,
      cookie,
      whyNone,
      keys,
      leaks,
      skip,
    });
  } finally {
    // Also what was found before an interruption.
    leaks.report();
  }
}

/** What the checks of a server that answers need. */
interface Answering {
  readonly subject: string;
  readonly signedOut: Answer;
  readonly cookie: string | undefined;
  readonly whyNone: string;
  readonly keys: KeySource;
  readonly leaks: TokenLeaks;
  /** Skips the checks that have no result. */
  readonly skip: (why: string, fix?: string) => void;
}

async function checkAnswers(
  context: Context,
  target: Target,
  { subject, signedOut, cookie, whyNone, keys, leaks, skip }: Answering,
): Promise<Tags> {
  const { report, secrets } = context;
  const { endpoint, campaigns } = target;
  const first = campaigns[0]!;
  leaks.note(signedOut);
  if (contentOf(signedOut).kind === 'token') {
    const found = 'a token, although no cookie was sent';
    const fix = 'Sign only for a signed-in session.';
    leaks.add({ id: 'endpoint-signed-out', found, answer: signedOut, fix });
  } else {
    report.add('endpoint-signed-out', subject, signedOutVerdict(secrets, signedOut, endpoint));
  }
  await checkCors(context, target, subject, signedOut);
  if (report.wantsArea('guard')) await checkStrangers(context, target, subject, first.number);
  const tags = await readTags(context, target, subject);
  if (cookie === undefined) {
    checkHeaders(context, subject, signedOut);
    leaks.report();
    checkNumbers(context, withTags(campaigns, tags));
    skip(whyNone, 'Give --cookie or --cookie-file with a signed-in session.');
    return tags;
  }
  if (!report.wantsArea('endpoint', 'guard', 'token')) return tags;
  const issued: IssuedToken[] = [];
  for (const campaign of withTags(campaigns, tags)) {
    const token = await askForToken(context, target, campaign, cookie);
    if (token) {
      issued.push(token);
      leaks.note(token.answer);
    }
    if (!token || campaign.number !== first.number) continue;
    const again =
      report.wants('token-jti-twice') &&
      (await askForToken(context, target, campaign, cookie, true));
    if (again) {
      issued.push({ ...again, isSecond: true });
      leaks.note(again.answer);
    }
    // Before the other campaigns, which may need all requests that are left.
    if (report.wantsArea('guard')) {
      await checkGuard(context, target, { subject, number: first.number, cookie, leaks });
    }
  }
  const [token] = issued;
  checkHeaders(context, subject, token?.answer ?? signedOut);
  checkStored(context, subject, issued, leaks);
  leaks.report();
  if (report.wantsArea('token')) await checkTokens(context, issued, keys);
  const isIssued = ({ number }: TargetCampaign) =>
    issued.some(({ campaign }) => campaign.number === number);
  checkNumbers(
    context,
    withTags(campaigns, tags).filter((campaign) => !isIssued(campaign)),
  );
  skip('there is no token to check: see endpoint-signed-in');
  return tags;
}

async function askForToken(
  context: Context,
  target: Target,
  campaign: TargetCampaign,
  cookie: string,
  isAgain = false,
): Promise<IssuedToken | undefined> {
  const { report, requester, secrets } = context;
  const on = `campaign ${campaign.number}`;
  context.progress(`${on}, signed in`);
  const answer = await requester.attempt({
    url: tokenUrl(target.endpoint, campaign.number),
    headers: withCookie(elementHeaders(target), cookie),
  });
  if (answer instanceof RequestFailure) {
    if (!isAgain) report.add('endpoint-signed-in', on, failureVerdict(report, answer));
    return undefined;
  }
  const content = contentOf(answer);
  if (content.kind === 'token') {
    const { token, hosts } = content;
    if (!isAgain) {
      report.add('endpoint-signed-in', on, [
        'pass',
        'a token, with the given cookie; not checked: whether browsers send it there (its Path, SameSite and host)',
      ]);
      report.add('endpoint-hosts', on, hostsVerdict(hosts, campaign.host));
    }
    return { campaign, token, answer, isSecond: false };
  }
  if (isAgain) return undefined;
  report.add('endpoint-signed-in', on, signedInVerdict(secrets, answer, target.endpoint));
  return undefined;
}

function hostsVerdict(hosts: unknown, host: string): Verdict {
  if (hosts === undefined)
    return ['pass', 'no hosts in the answer: any host may receive the token'];
  if (!Array.isArray(hosts)) return ['fail', 'hosts is not a list'];
  if (!host) return ['skipped', 'the host of the campaign is not known'];
  const isNamed = hosts.some((each) => typeof each === 'string' && isSameHost(each, host));
  return [isNamed ? 'pass' : 'fail', `${host} is ${isNamed ? '' : 'not '}in hosts`];
}

async function readTags(context: Context, target: Target, subject: string): Promise<Tags> {
  const tags = new Map<string, TagAnswer>();
  const asking = target.campaigns.filter(({ asksForTag }) => asksForTag);
  if (asking.length === 0) {
    const why = 'no element asks the endpoint for its tag';
    context.report.add('endpoint-tag', subject, ['skipped', why]);
  }
  for (const { number } of asking) {
    const on = `campaign ${number}`;
    const url = tokenUrl(target.endpoint, number);
    url.searchParams.set('part', 'tag');
    const headers = elementHeaders(target);
    const answer = await context.requester.attempt({ url, headers });
    if (answer instanceof RequestFailure) {
      context.report.add('endpoint-tag', on, failureVerdict(context.report, answer));
      continue;
    }
    const tag = readTag(answer);
    if (typeof tag === 'string')
      context.report.add('endpoint-tag', on, ['fail', tag, tagFix(answer)]);
    else {
      tags.set(number, tag);
      const found = `the tag of ${context.secrets.hide(tag.host)}`;
      context.report.add('endpoint-tag', on, ['pass', found]);
    }
  }
  return tags;
}

function withTags(campaigns: readonly TargetCampaign[], tags: Tags): TargetCampaign[] {
  return campaigns.map((campaign) => {
    const tag = tags.get(campaign.number);
    if (!tag) return campaign;
    return {
      ...campaign,
      host: campaign.host || tag.host,
      technicalId: campaign.technicalId || tag.tokenCampaignId,
    };
  });
}
