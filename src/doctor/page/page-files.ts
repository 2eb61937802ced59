import { createHash } from 'node:crypto';
import type { Context } from '../context.js';
import { RequestFailure, type Ask } from '../http/requester.js';
import { failureVerdict } from '../report.js';
import type { PageFacts } from './page-facts.js';
import { placeOf, type ReadElement } from './page-checks.js';

/** Most style sheets that are read to find the reserved height. */
const mostStyleSheets = 4;

/** Checks the `integrity` of the library's script tags with their files. */
export async function checkIntegrity(context: Context, page: PageFacts): Promise<void> {
  const { report, secrets } = context;
  if (!report.wants('page-integrity')) return;
  for (const { element, src } of page.libraries) {
    const subject = `${placeOf(element)}: ${secrets.hide(src.href)}`;
    const integrity = element.attributes.get('integrity')?.trim() ?? '';
    if (!integrity) {
      report.add('page-integrity', subject, ['pass', 'no integrity attribute']);
      continue;
    }
    if (src.origin !== page.url.origin && !element.attributes.has('crossorigin')) {
      const found = 'integrity on another origin without crossorigin: browsers block the file';
      report.add('page-integrity', subject, ['fail', found, 'Add crossorigin="anonymous".']);
      continue;
    }
    context.progress(secrets.hide(src.href));
    const answer = await context.requester.attempt(fileOf(src, 'script'));
    if (answer instanceof RequestFailure) {
      const [result, found] = failureVerdict(report, answer);
      const fix = 'Correct the URL of the script.';
      report.add('page-integrity', subject, [result, `the file cannot be read: ${found}`, fix]);
    } else if (answer.status !== 200 || answer.isCut) {
      const found = `the file answers ${answer.status}${answer.isCut ? ', more than 1 MB' : ''}`;
      report.add('page-integrity', subject, ['fail', found, 'Correct the URL of the script.']);
    } else if (matchesIntegrity(answer.body, integrity)) {
      report.add('page-integrity', subject, ['pass', 'the hash is that of the file']);
    } else {
      report.add('page-integrity', subject, ['fail', 'the hash is not that of the file']);
    }
  }
}

/** Whether a browser accepts a file: the strongest kind of hash counts, and one of it must match. */
function matchesIntegrity(body: Buffer, integrity: string): boolean {
  const hashes = integrity.split(/\s+/).map((text) => /^(sha(?:256|384|512))-([^?]*)/.exec(text));
  const strongest = hashes.map((hash) => hash?.[1] ?? '').reduce((a, b) => (a > b ? a : b), '');
  if (!strongest) return true;
  const real = createHash(strongest).update(body).digest('base64');
  return hashes.some((hash) => hash?.[1] === strongest && hash[2] === real);
}

/**
 * Checks that the height of each campaign is reserved before the script has run: by the element's
 * own style, a `<style>`, or one of the page's style sheets.
 */
export async function checkHeight(
  context: Context,
  page: PageFacts,
  elements: readonly ReadElement[],
): Promise<void> {
  const { report, secrets } = context;
  if (!report.wants('page-height') || page.campaigns.length === 0) return;
  const own = (style: string) => /(^|[\s;])(min-)?height\s*:/i.test(style);
  const open = elements.filter(
    ({ element }) =>
      element.name === 'qualifio-campaign' && !own(element.attributes.get('style') ?? ''),
  );
  let isReserved = open.length === 0 || page.styles.some(reservesHeight);
  for (const url of page.styleSheets.slice(0, mostStyleSheets)) {
    if (isReserved) break;
    context.progress(secrets.hide(url.href));
    const answer = await context.requester.attempt(fileOf(url, 'style'));
    isReserved = !(answer instanceof RequestFailure) && reservesHeight(answer.text);
  }
  const found = isReserved
    ? 'the height is reserved'
    : 'no rule for qualifio-campaign with min-height, in the page or its style sheets';
  report.add('page-height', secrets.hide(page.url.href), [isReserved ? 'pass' : 'warn', found]);
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

function fileOf(url: URL, destination: string): Ask {
  return { url, headers: { Accept: '*/*', 'Sec-Fetch-Dest': destination } };
}
