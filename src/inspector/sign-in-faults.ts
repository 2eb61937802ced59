import { pageRegistry } from '../page/page-registry.js';
import type { QualifioSignIn } from '../sign-in/qualifio-sign-in.js';
import { findSignIn, isNumber } from './find-inspected.js';
import type { KitFacts } from './kit-probe.js';
import { libraryFault } from './library-fault.js';
import { fault, type SetUpFault } from './set-up-fault.js';

const idOf = (number: string): string => `qualifio_insert_place_${number}`;

/** Why `<qualifio-sign-in>` answers no campaign at all. */
export function* elementFaults({ error, constructor }: QualifioSignIn): Generator<SetUpFault> {
  if (!error) return;
  const { allowedHosts } = constructor as typeof QualifioSignIn;
  yield allowedHosts
    ? fault(
        'sign-in-settings',
        `\`<qualifio-sign-in>\` answers no campaign: ${error.message}`,
        'Correct this. It then starts by itself.',
      )
    : fault(
        'sign-in-hosts',
        '`<qualifio-sign-in>` answers no campaign, because `allowedHosts` is not set.',
        'Set `data-allowed-hosts` on its classic script tag, or `QualifioSignIn.allowedHosts` in script, to the hosts of your campaigns.',
      );
}

/** What is wrong if an inspector in `root` finds no campaign with this name or number. */
export function faultsWithoutCampaign(root: ParentNode, name: string): SetUpFault[] {
  const signIn = findSignIn();
  if (!signIn) return [...libraryFault(root, name)];
  return [...elementFaults(signIn), ...(isNumber(name) ? [tagFault(name)] : [])];
}

/** Why the tag with this number was not found. */
function tagFault(number: string): SetUpFault {
  const id = idOf(number);
  const div = document.getElementById(id);
  if (div?.closest('qualifio-campaign')) {
    return fault(
      'sign-in-tag',
      `\`#${id}\` is the div of a \`<qualifio-campaign>\`, which answers the campaign itself.`,
      'Set the inspector’s `for` to the id of that element.',
    );
  }
  if (!div && isInShadow(document, `[id="${id}"]`)) {
    return fault(
      'sign-in-tag',
      `\`#${id}\` is in a shadow root. Qualifio’s script and \`<qualifio-sign-in>\` look only in the document.`,
      'Move the tag’s div out of the shadow root, or replace the tag with `<qualifio-campaign>`, which works there.',
    );
  }
  return fault(
    'sign-in-tag',
    div
      ? `\`#${id}\` is no div that \`<qualifio-sign-in>\` answers.`
      : `The document has no \`<div id="${id}">\`.`,
    'Compare the number with the one in the tag. If a script or a consent tool inserts the tag, check whether it has run.',
  );
}

function isInShadow(root: ParentNode, selector: string): boolean {
  return [...root.querySelectorAll('*')].some(
    ({ shadowRoot }) =>
      shadowRoot && (shadowRoot.querySelector(selector) || isInShadow(shadowRoot, selector)),
  );
}

/** Whether the page’s own callbacks answer the campaign, too. */
export function* callbackFaults(
  number: string,
  { registrations }: KitFacts,
): Generator<SetUpFault> {
  const { foreignCallbacks, foreignTokens } = pageRegistry();
  if (!foreignCallbacks?.has('isLoggedIn') && !foreignTokens?.has(idOf(number))) return;
  const effect =
    registrations === 'all'
      ? 'Qualifio’s script asks both. The first token is sent, a second one is dropped.'
      : `Qualifio’s script ${registrations ? 'keeps' : 'may keep'} only one callback for each name: then the other one is never asked.`;
  yield fault(
    'sign-in-callbacks',
    `The page’s own script answers \`isLoggedIn\`, as \`<qualifio-sign-in>\` does. ${effect}`,
    'Remove one of the two: the callbacks that the page registers with `registerChildMessageCallback`, or `<qualifio-sign-in>`.',
  );
}
