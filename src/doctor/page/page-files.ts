import type { Context } from '../context.js';
import { RequestFailure, type Answer, type Ask } from '../http/requester.js';
import { policyOf } from '../policy/policy-checks.js';
import type { Verdict } from '../report.js';
import type { PageFacts } from './page-facts.js';
import type { ReadElement } from './page-checks.js';

/** Most style sheets that are read to find the reserved height. */
const mostStyleSheets = 4;

/**
 * Checks that the height of each campaign is reserved before the script has run: by the element's
 * own style, a `<style>`, or one of the page's style sheets.
 */
export async function checkHeight(
  context: Context,
  page: PageFacts,
  elements: readonly ReadElement[],
  pageAnswer: Answer,
): Promise<void> {
  const { report, secrets } = context;
  if (!report.wants('page-height') || page.campaigns.length === 0) return;
  const policy = policyOf(page, pageAnswer);
  let blocked: string | undefined;
  const isApplied = (directive: string | undefined) => {
    blocked ??= directive;
    return directive === undefined;
  };
  const isOpen = ({ element: { name, attributes } }: ReadElement) => {
    const style = attributes.get('style') ?? '';
    const isOwn = /(^|[\s;])(min-)?height\s*:/i.test(style);
    return (
      name === 'qualifio-campaign' && !(isOwn && isApplied(policy.blocksStyleAttribute(style)))
    );
  };
  let isReserved =
    !elements.some(isOpen) ||
    page.styles.some(
      ({ inner, attributes }) =>
        reservesHeight(inner) &&
        isApplied(policy.blocksStyle(inner, attributes.get('nonce') ?? '')),
    );
  for (const url of page.styleSheets.slice(0, mostStyleSheets)) {
    if (isReserved) break;
    context.progress(secrets.hide(url.href));
    const answer = await context.requester.attempt(fileOf(url, 'style'));
    isReserved = !(answer instanceof RequestFailure) && reservesHeight(answer.text);
  }
  const verdict: Verdict = isReserved
    ? ['pass', 'the height is reserved']
    : blocked
      ? [
          'warn',
          `${blocked} blocks the style in the page that reserves it`,
          'Move the rule to a style sheet, or give its `<style>` a nonce or a hash.',
        ]
      : ['warn', 'no rule for qualifio-campaign with min-height, in the page or its style sheets'];
  report.add('page-height', secrets.hide(page.url.href), verdict);
}

/** Whether a style sheet gives the element a height, or the element an id or class that it has. */
function reservesHeight(css: string): boolean {
  const rules = css.replace(/\/\*[^]*?\*\//g, '').matchAll(/([^{}]*)\{([^{}]*)\}/g);
  for (const [, selector = '', style = ''] of rules) {
    if (/qualifio-campaign/.test(selector) && /(^|[\s;])(min-)?height\s*:/i.test(style))
      return true;
  }
  return false;
}

/** A request for a file of a page, as a browser sends it. */
export function fileOf(url: URL, destination: string): Ask {
  return { url, headers: { Accept: '*/*', 'Sec-Fetch-Dest': destination } };
}
