import type { QualifioCampaign } from '../element/qualifio-campaign.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import { inspectedElement, inspectedTag, type Inspected } from './inspected.js';

/**
 * The campaign that an inspector in `root` shows: the `<qualifio-campaign>` whose id is `name`, or the
 * pasted tag whose number it is; without a name, the first of them.
 */
export function findInspected(root: ParentNode, name: string): Inspected | null {
  const found = named(root, name);
  if (found?.localName === 'qualifio-campaign' && 'status' in found) {
    return inspectedElement(found as QualifioCampaign);
  }
  const signIn = findSignIn();
  const tag = signIn?.campaigns.find(({ campaignId }) => !name || campaignId === name);
  return tag ? inspectedTag(signIn!, tag) : null;
}

/** The element that an inspector in `root` would show, or that would answer its tag, if its library had run. */
export function findUndefined(root: ParentNode, name: string): Element | null {
  const signIn = (): Element | null =>
    name && !isNumber(name) ? null : document.querySelector('qualifio-sign-in');
  const found = named(root, name);
  const element = found?.localName === 'qualifio-campaign' ? found : signIn();
  return element && !customElements.get(element.localName) ? element : null;
}

function named(root: ParentNode, name: string): Element | null {
  return root.querySelector(name ? `#${CSS.escape(name)}` : 'qualifio-campaign');
}

/** The document's `<qualifio-sign-in>`; of several, the one that answers. */
export function findSignIn(): QualifioSignIn | null {
  const all = [...document.querySelectorAll('qualifio-sign-in')].filter(
    (element) => 'campaigns' in element,
  );
  return all.find(({ error }) => !error) ?? all[0] ?? null;
}

/**
 * Calls `onChange` when another campaign may be the one that an inspector in `root` shows, until
 * `signal` is aborted.
 */
export function watchInspected(root: Node, onChange: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(onChange);
  for (const node of new Set([root, document])) {
    observer.observe(node, { childList: true, subtree: true, attributeFilter: ['id'] });
  }
  signal.addEventListener('abort', () => observer.disconnect());
  for (const name of ['qualifio-campaign', 'qualifio-sign-in']) {
    void customElements.whenDefined(name).then(() => signal.aborted || onChange());
  }
  // One that is set up wrongly says so without a change of the document.
  document.addEventListener('qualifio-error', onChange, { signal });
  window.addEventListener('load', onChange, { signal });
}

/** Why an inspector shows no campaign. */
export function missingWords(root: ParentNode, name: string): string {
  const late = findUndefined(root, name);
  if (late) return `Waiting for the library of <${late.localName}>.`;
  if (!name)
    return 'There is no <qualifio-campaign>, and no tag that <qualifio-sign-in> answers, on this page yet.';
  return isNumber(name) && findSignIn()
    ? `<qualifio-sign-in> answers no tag with the number ${name}.`
    : `There is no <qualifio-campaign id="${name}"> on this page: correct the inspector's "for".`;
}

/** Whether a name may be the number of a tag. */
export function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}
