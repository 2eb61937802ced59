/** The title that the element gave each frame, and the one that other code gave it; empty if none did. */
const titles = new WeakMap<HTMLIFrameElement, { own: string; foreign: string }>();

/**
 * Sets the accessible name of a campaign's frame. A title from the kit or another script is kept,
 * unless the page sets its own.
 *
 * @param wanted the page's title, or an empty string.
 */
export function nameFrame(frame: HTMLIFrameElement, wanted: string, byDefault: string): void {
  const before = titles.get(frame);
  const foreign = frame.title === before?.own ? before.foreign : frame.title;
  const own = (frame.title = wanted || foreign || byDefault);
  titles.set(frame, { own, foreign });
}
