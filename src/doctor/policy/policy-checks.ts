import type { Context } from '../context.js';
import type { Answer } from '../http/requester.js';
import { usesElement, type PageFacts } from '../page/page-facts.js';
import { ContentPolicy } from './content-policy.js';

const header = 'Content-Security-Policy';

/** What the page's policy must allow. */
export interface Needs {
  readonly kit: URL | undefined;
  /** Origins of campaigns. */
  readonly frames: readonly URL[];
  readonly endpoints: readonly URL[];
}

/** The policy in force on a page. */
export function policyOf(page: PageFacts, answer: Answer): ContentPolicy {
  return new ContentPolicy(answer.values(header), page.metaPolicies);
}

/** Evaluates the policies of a page as a browser would. */
export function checkPolicy(context: Context, page: PageFacts, answer: Answer, needs: Needs): void {
  const { report, secrets } = context;
  const subject = secrets.hide(page.url.href);
  const inForce = policyOf(page, answer);
  const trial = new ContentPolicy(answer.values(`${header}-Report-Only`), []);
  const only = 'Content-Security-Policy-Report-Only blocks nothing, it only reports';

  if (!inForce.isEmpty) {
    const also = trial.isEmpty ? '' : `; ${only}`;
    report.add('policy-present', subject, ['pass', `there is a policy${also}`]);
  } else if (trial.isEmpty) {
    report.add('policy-present', subject, ['warn', 'no policy, in a header or <meta>']);
  } else {
    report.add('policy-present', subject, ['warn', `no policy in force: ${only}`]);
  }
  const compare = (
    id: string,
    isNeeded: boolean,
    read: (policy: ContentPolicy) => string | undefined,
    fix?: string,
  ): void => {
    if (!isNeeded) return report.add(id, subject, ['skipped', 'nothing on the page needs it']);
    const blocked = read(inForce);
    const reported = read(trial);
    if (blocked) report.add(id, subject, ['fail', blocked, fix]);
    else if (reported) report.add(id, subject, ['pass', `allowed; report-only: ${reported}`]);
    else report.add(id, subject, ['pass', inForce.isEmpty ? 'no policy' : 'allowed']);
  };
  compare('policy-kit', needs.kit !== undefined, (policy) =>
    blockedScripts(policy, page, needs.kit, secrets),
  );
  const takesOrigin = inForce.takesOrigin();
  compare(
    'policy-frame',
    needs.frames.length > 0,
    (policy) =>
      policy === inForce && takesOrigin
        ? `${takesOrigin} without allow-same-origin: page and frame have no origin`
        : first(needs.frames, (url) => {
            const directive = policy.blocksFrame({ url, page: page.url });
            return directive && `${directive} blocks ${secrets.hide(url.origin)}`;
          }),
    takesOrigin && 'Add `allow-same-origin` to `sandbox`, or remove `sandbox`.',
  );
  compare('policy-endpoint', needs.endpoints.length > 0, (policy) =>
    first(needs.endpoints, (url) => {
      const directive = policy.blocksConnection({ url, page: page.url });
      return directive && `${directive} blocks ${secrets.hide(url.origin + url.pathname)}`;
    }),
  );
  compare('policy-trusted-types', usesElement(page), (policy) => {
    const directive = policy.blocksTypePolicy('qualifio-campaign');
    return directive && `${directive} does not list qualifio-campaign`;
  });
  checkGaps(context, subject, inForce, answer);
}

/** The directives that a policy should have. */
function checkGaps(
  { report }: Context,
  subject: string,
  policy: ContentPolicy,
  answer: Answer,
): void {
  const gaps: readonly [id: string, names: readonly string[], missing: string][] = [
    [
      'policy-frame-src',
      ['frame-src', 'child-src', 'default-src'],
      'no frame-src, child-src or default-src',
    ],
    ['policy-base-uri', ['base-uri'], 'no base-uri; default-src does not cover it'],
    [
      'policy-frame-ancestors',
      ['frame-ancestors'],
      'no frame-ancestors in the header; default-src does not cover it',
    ],
  ];
  for (const [id, names, missing] of gaps) {
    if (policy.isEmpty) report.add(id, subject, ['skipped', 'no policy: see policy-present']);
    else if (policy.has(...names)) report.add(id, subject, ['pass', 'it is there']);
    else {
      const isFramed = id === 'policy-frame-ancestors' && answer.header('X-Frame-Options');
      const also = isFramed ? '; X-Frame-Options is there, which frame-ancestors replaces' : '';
      report.add(id, subject, ['warn', missing + also]);
    }
  }
}

/** The first script that the policy blocks: a file of this package, a pasted tag, or the kit. */
function blockedScripts(
  policy: ContentPolicy,
  { url, libraries, looseTags, campaigns }: PageFacts,
  kit: URL | undefined,
  secrets: Context['secrets'],
): string | undefined {
  const inMarkup = first(libraries, ({ element, src }) => {
    const directive = policy.blocksScript({
      url: src,
      page: url,
      nonce: element.attributes.get('nonce') ?? '',
      integrity: element.attributes.get('integrity') ?? '',
      isInMarkup: true,
    });
    return directive && `${directive} blocks ${secrets.hide(src.href)}`;
  });
  const inTag = first(looseTags, ({ script }) => {
    const nonce = script.attributes.get('nonce') ?? '';
    const directive = policy.blocksInline(script.inner, nonce);
    return directive && `${directive} blocks the script of the tag in line ${script.line}`;
  });
  if (inMarkup ?? inTag) return inMarkup ?? inTag;
  if (!kit) return undefined;
  const owners = [...campaigns, ...libraries.map(({ element }) => element)];
  const nonces = ['', ...owners.map(({ attributes }) => attributes.get('nonce') ?? '')];
  const directives = nonces.map((nonce) =>
    policy.blocksScript({ url: kit, page: url, nonce, isInMarkup: false }),
  );
  return directives.every((directive) => directive)
    ? `${directives[0]} blocks ${secrets.hide(kit.href)}`
    : undefined;
}

/** The first result that is not undefined. */
function first<Item>(
  items: readonly Item[],
  read: (item: Item) => string | undefined,
): string | undefined {
  return items.map(read).find((result) => result !== undefined);
}
