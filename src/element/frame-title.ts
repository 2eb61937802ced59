/**
 * Returns a function that sets the accessible name of a campaign's frame. A title from the kit or
 * another script is kept, unless the page sets its own.
 *
 * Its arguments are the frame, the page's title (or an empty string), and the default title.
 */
export function frameTitle(): (
  frame: HTMLIFrameElement | null,
  wanted: string,
  byDefault: string,
) => void {
  let named: HTMLIFrameElement | null;
  /** The title that other code set; empty if there is none. */
  let foreign: string;
  let own: string;
  return (frame, wanted, byDefault) => {
    if (frame !== named) own = foreign = '';
    named = frame;
    if (!frame) return;
    if (frame.title !== own) foreign = frame.title;
    own = frame.title = wanted || foreign || byDefault;
  };
}
