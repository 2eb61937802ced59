import type { Evidence, SetUpFault } from './set-up-fault.js';

/** Whether a style hides the campaign's frame, which then plays unseen. */
export function* sightFault({ hiding }: Evidence): Generator<SetUpFault> {
  if (!hiding) return;
  const { style, selector, isAround } = hiding;
  yield {
    id: 'frame-hidden',
    severity: isAround ? 'advice' : 'fault',
    what: `The campaign’s frame is not visible: the style \`${style}\` of \`${selector}\` hides it.`,
    fix: isAround
      ? 'If the page does not show this element later, remove the style.'
      : 'Find the rule in the browser’s developer tools. It may be the page’s, a consent tool’s or an extension’s. Remove it, or, if it is for all frames, leave this one out: `iframe:not([id^=qualifio_insert_place_] iframe)`.',
  };
}
