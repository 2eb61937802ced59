import { isSameHost } from '../../config/host.js';
import type { Context } from '../context.js';
import type { Answer } from '../http/requester.js';
import type { ElementFacts } from './attributes.js';
import { isKit, kitOf, usesElement, type PageFacts } from './page-facts.js';
import type { HtmlElement } from './read-html.js';

/** An element with what its attributes say. */
export interface ReadElement {
  readonly element: HtmlElement;
  readonly facts: ElementFacts;
}

/** Where an element is, for reports. */
export const placeOf = ({ name, line }: HtmlElement): string => `<${name}>, line ${line}`;

/** Checks what the HTML of a page says. */
export function checkPage(
  context: Context,
  page: PageFacts,
  elements: readonly ReadElement[],
  answer: Answer,
): void {
  checkElements(context, page, elements);
  checkDuplicates(context, page, elements);
  checkKitCount(context, page);
  checkIsolation(context, page, answer);
}

function checkElements(
  { report, secrets, options }: Context,
  { url, campaigns, signIns, looseTags }: PageFacts,
  elements: readonly ReadElement[],
): void {
  const subject = secrets.hide(url.href);
  if (campaigns.length + signIns.length + looseTags.length === 0) {
    const found = 'no <qualifio-campaign>, <qualifio-sign-in> or tag of Qualifio in the HTML';
    report.add('page-element', subject, [options.endpoint ? 'warn' : 'fail', found]);
  }
  for (const { element, facts } of elements) {
    const number = facts.campaignId && ` for campaign ${secrets.hide(facts.campaignId)}`;
    const place = placeOf(element);
    if (facts.tagFault) {
      const fix = 'Paste the whole JS tag from Qualifio Manager into the <template>, unchanged.';
      report.add('page-element', place, ['fail', secrets.hide(facts.tagFault), fix]);
    } else {
      report.add('page-element', place, ['pass', `found${number}`]);
    }
    for (const fault of facts.faults) {
      report.add('page-attributes', place, ['fail', secrets.hide(fault)]);
    }
    if (facts.faults.length === 0) {
      report.add('page-attributes', place, ['pass', 'every attribute is valid']);
    }
    if (facts.misspelt.length > 0) {
      const found = `unknown: ${facts.misspelt.map((each) => secrets.hide(each)).join(', ')}`;
      report.add('page-misspelt', place, ['warn', found]);
    } else {
      report.add('page-misspelt', place, ['pass', 'no attribute looks misspelt']);
    }
  }
  for (const { script, tag } of looseTags) {
    const place = `tag of Qualifio, line ${script.line}`;
    if (tag) {
      report.add('page-element', place, ['pass', `found for campaign ${tag.campaignId}`]);
    } else {
      const fix = 'Paste the whole JS tag from Qualifio Manager, unchanged.';
      report.add('page-element', place, ['fail', 'its createIframe command cannot be read', fix]);
    }
  }
}

function checkDuplicates(
  { report, secrets }: Context,
  { url, looseTags, signIns }: PageFacts,
  elements: readonly ReadElement[],
): void {
  const numbers = [
    ...elements.map(({ facts }) => facts.campaignId),
    ...looseTags.map(({ tag }) => tag?.campaignId),
  ].filter((number) => number);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  const subject = secrets.hide(url.href);
  if (twice !== undefined) {
    const found = `campaign ${secrets.hide(twice)} is on the page more than once`;
    report.add('page-duplicate', subject, ['fail', found]);
  } else if (signIns.length > 1) {
    const found = `${signIns.length} <qualifio-sign-in>`;
    report.add('page-duplicate', subject, ['fail', found]);
  } else {
    report.add('page-duplicate', subject, ['pass', 'each campaign is there once']);
  }
}

function checkKitCount({ report, secrets }: Context, page: PageFacts): void {
  const { url, campaigns, looseTags, scripts } = page;
  const inMarkup = scripts.filter(({ src }) => isKit(src));
  // Pasted tags of one kit are as the vendor means them: several on a page load it again.
  const ofTags = new Set(looseTags.map(({ tag }) => tag?.kitUrl));
  const loads = inMarkup.length + ofTags.size + (campaigns.length > 0 ? 1 : 0);
  const lines = [
    ...inMarkup.map(({ element }) => element.line),
    ...looseTags.map(({ script }) => script.line),
  ];
  const found =
    loads > 1
      ? `the kit is loaded ${loads} times: by lines ${lines.join(', ')}${campaigns.length > 0 ? ' and by the element' : ''}`
      : 'the kit is loaded at most once';
  report.add('page-kit', secrets.hide(url.href), [loads > 1 ? 'warn' : 'pass', found]);
}

function checkIsolation({ report, secrets }: Context, { url }: PageFacts, answer: Answer): void {
  const value = answer.header('Cross-Origin-Embedder-Policy').split(';')[0]!.trim().toLowerCase();
  const blocks = ['require-corp', 'credentialless'].includes(value);
  const found = blocks ? `Cross-Origin-Embedder-Policy: ${value}` : 'nothing blocks the frame';
  report.add('page-coep', secrets.hide(url.href), [blocks ? 'fail' : 'pass', found]);
}

/** Checks that the page's list of hosts, if its markup has one, names the hosts of its campaigns. */
export function checkAllowedHosts(
  { report, secrets }: Context,
  { url, libraries }: PageFacts,
  hosts: readonly URL[],
): void {
  const lists = libraries.flatMap(
    ({ element }) => element.attributes.get('data-allowed-hosts') ?? [],
  );
  const subject = secrets.hide(url.href);
  if (lists.length === 0 || hosts.length === 0) {
    const found = lists.length === 0 ? 'no data-allowed-hosts' : 'no host of a campaign is known';
    return report.add('page-allowed-hosts', subject, ['skipped', found]);
  }
  const names = lists.join(' ').trim().split(/\s+/);
  const missing = hosts.find(({ host }) => !names.some((name) => isSameHost(name, host)));
  report.add('page-allowed-hosts', subject, [
    missing ? 'fail' : 'pass',
    missing ? `${secrets.hide(missing.host)} is not in the list` : 'the host is in the list',
  ]);
}

/** The URL of the kit that the campaigns of a page use; undefined if nothing on it loads one. */
export function usedKit(page: PageFacts): URL | undefined {
  if (usesElement(page)) return kitOf(page);
  const given = page.looseTags.map(({ tag }) => tag?.kitUrl).find((url) => url);
  return given && URL.canParse(given, page.url) ? new URL(given, page.url) : undefined;
}
