import { connect } from 'node:net';
import { UsageError } from '../command/usage-error.js';
import type { DoctorOptions } from './command/options.js';
import type { Context, Target, TargetCampaign } from './context.js';
import { checkEndpoint, type Tags } from './endpoint/endpoint-checks.js';
import { checkJwks } from './endpoint/jwks-checks.js';
import { readPublicKey, type KeySource } from './endpoint/key-source.js';
import { checkCampaignHost, checkHosts, checkKit } from './host/host-checks.js';
import { isSameSite } from './host/site.js';
import { connecting, failureOf } from './http/requester.js';
import { checkAllowedHosts, usedKit } from './page/page-checks.js';
import { openPage, type OpenPage } from './page/open-page.js';
import { checkPolicy } from './policy/policy-checks.js';

/** Milliseconds to reach a server. */
const patience = 10_000;

/**
 * Examines a set-up and adds what it finds to the report.
 *
 * @throws {UsageError} if the page's or the endpoint's own host cannot be reached.
 */
export async function examine(context: Context): Promise<void> {
  const { options, report } = context;
  await assertReachable('URL', options.url);
  await assertReachable('--endpoint', options.endpoint);
  const page = options.url && (await openPage(context, options.url));
  const keys = await findKeys(context);
  const targets = targetsOf(options, page);
  const tags = new Map<string, Tags>();
  for (const target of targets) {
    if (!report.wantsArea('endpoint', 'guard', 'token') && !asksForHost(context, target)) continue;
    const session = { ...sessionFor(options, target), keys };
    tags.set(target.endpoint.href, await checkEndpoint(context, target, session));
  }
  if (page) await checkAround(context, page, targets, tags);
  const named = [options.url, options.endpoint].filter((url) => url !== undefined);
  if (!page) await checkHosts(context, named);
  skipRest(context, page, targets);
}

/** Whether the endpoint knows the host of a campaign, which checks of the page need. */
function asksForHost({ report }: Context, { campaigns }: Target): boolean {
  return report.wantsArea('policy', 'host') && campaigns.some(({ asksForTag }) => asksForTag);
}

/** Checks what surrounds a page: its policy, its hosts, its kit. */
async function checkAround(
  context: Context,
  page: OpenPage,
  targets: readonly Target[],
  tags: ReadonlyMap<string, Tags>,
): Promise<void> {
  const { facts, elements, answer } = page;
  const { url } = facts;
  const names = [
    ...elements.map(({ facts: { config } }) => config?.host),
    ...facts.looseTags.map(({ tag }) => tag?.host),
    ...[...tags.values()].flatMap((known) => [...known.values()].map(({ host }) => host)),
  ];
  const hosts = [...new Set(names)].flatMap((name) =>
    name ? [new URL(`${url.protocol}//${name}`)] : [],
  );
  checkAllowedHosts(context, facts, hosts);
  const kit = usedKit(facts);
  const endpoints = targets.map(({ endpoint }) => endpoint);
  checkPolicy(context, facts, answer, { kit, frames: hosts, endpoints });
  await checkHosts(context, [url, ...endpoints, ...hosts, ...(kit ? [kit] : [])]);
  for (const host of hosts) checkCampaignHost(context, url, host);
  if (kit) await checkKit(context, kit);
}

async function findKeys(context: Context): Promise<KeySource> {
  const { jwks, publicKey, secret } = context.options;
  if (jwks && context.report.wantsArea('jwks', 'token')) return checkJwks(context, jwks);
  if (publicKey !== undefined) return { kind: 'key', key: readPublicKey(publicKey) };
  if (secret) return { kind: 'key', key: secret };
  return { kind: 'none', why: 'no --jwks, --public-key or --secret-file' };
}

/** The endpoints of the page and of the command line, with their campaigns. */
function targetsOf(options: DoctorOptions, page: OpenPage | undefined): Target[] {
  const found = new Map<string, { endpoint: URL; campaigns: TargetCampaign[] }>();
  const targetOf = (endpoint: URL) => {
    const target = found.get(endpoint.href) ?? { endpoint, campaigns: [] };
    found.set(endpoint.href, target);
    return target;
  };
  for (const { element, facts } of page?.elements ?? []) {
    const endpoint = facts.endpoint ?? options.endpoint;
    if (!endpoint) continue;
    const { campaigns } = targetOf(endpoint);
    const { campaignId, config, asksForTag } = facts;
    const technicalId = facts.tokenCampaignId;
    if (campaignId) {
      campaigns.push({ number: campaignId, technicalId, host: config?.host ?? '', asksForTag });
    }
    if (element.name !== 'qualifio-sign-in') continue;
    for (const { tag } of page?.facts.looseTags ?? []) {
      const { campaignId: number = '', host = '' } = tag ?? {};
      if (number) campaigns.push({ number, technicalId: '', host, asksForTag: false });
    }
  }
  if (options.endpoint) targetOf(options.endpoint);
  const own = options.endpoint && found.get(options.endpoint.href);
  const [target = own] = own ? [own] : [...found.values()];
  const declared = options.campaigns.map((number) => ({
    ...{ number, technicalId: '', host: '', asksForTag: false },
    ...target?.campaigns.find((known) => known.number === number),
  }));
  const isDeclared = ({ number }: TargetCampaign) => options.campaigns.includes(number);
  if (target) {
    const others = target.campaigns.filter((campaign) => !isDeclared(campaign));
    target.campaigns = [...declared, ...others];
  }
  // A page that has a campaign twice asks for the same tokens.
  const isFirst = ({ number }: TargetCampaign, index: number, all: TargetCampaign[]) =>
    all.findIndex((other) => other.number === number) === index;
  return [...found.values()].map(({ endpoint, campaigns }) => ({
    endpoint,
    campaigns: campaigns.filter(isFirst),
    page: page?.facts.url,
  }));
}

/** The cookie, if it may go to an endpoint: one of the command line, or of the page's site. */
function sessionFor(
  { url, endpoint: own, cookie }: DoctorOptions,
  { endpoint }: Target,
): { cookie: string | undefined; whyNone: string } {
  const isNamed = [url?.origin, own?.origin].includes(endpoint.origin);
  const isOurs = isNamed || (url !== undefined && isSameSite(url, endpoint));
  if (cookie === undefined || isOurs) return { cookie, whyNone: 'there is no cookie' };
  const whyNone = 'the endpoint is on another site than the page, so it gets no cookie';
  return { cookie: undefined, whyNone };
}

/** Says of the checks without a result why they have none. */
function skipRest(
  { report, options }: Context,
  page: OpenPage | undefined,
  targets: readonly Target[],
): void {
  const subject = options.url?.href ?? options.endpoint?.href ?? '';
  const none = options.url ? 'the page cannot be read' : 'no page is given';
  const fix = options.url ? '' : 'Give the URL of a page.';
  const nothing = 'there is nothing to check';
  for (const area of ['page', 'policy', 'host'] as const) {
    report.skipRest(area, subject, page ? nothing : none, page ? '' : fix);
  }
  if (targets.length === 0) {
    for (const area of ['endpoint', 'guard', 'token'] as const) {
      report.skipRest(area, subject, 'no endpoint is known', 'Give --endpoint and --campaign.');
    }
  }
  report.skipRest('jwks', subject, 'no JWKS is given', 'Give --jwks.');
  for (const area of ['endpoint', 'guard', 'token'] as const) {
    report.skipRest(area, subject, nothing);
  }
}

/** Opens a connection to a server that the command line names, and closes it. */
async function assertReachable(option: string, url: URL | undefined): Promise<void> {
  if (!url) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port, ...connecting, timeout: patience });
    const fail = (why: string, fix = 'start its server, or correct the address') => {
      socket.destroy();
      reject(new UsageError(`${option}: ${url.host} cannot be reached, ${why}; ${fix}`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => fail(`no connection in ${patience / 1000} s`));
    socket.once('error', (error) => {
      const { kind, message } = failureOf(error);
      fail(
        message,
        kind === 'unresolved' ? 'correct the name, or create its DNS record' : undefined,
      );
    });
  });
}
