/**
 * Styles that the vendor's tag does not ask for, but that a page's rules for all frames may set.
 */
const plain = [
  ['max-height', 'none'],
  ['min-height', '0'],
  ['padding', '0'],
  ['vertical-align', 'top'],
] as const;

/**
 * Gives a campaign's frame the look that its tag asks for. `width`, `height` and `frameborder` are
 * attributes, which any rule of the page overrides, for example a theme's
 * `iframe { height: auto }`. So they are styles too. Without the alignment, the frame would stand
 * on a line of text, which adds to its height.
 *
 * What the tag's own style or the kit sets is kept. Whether the frame is visible is up to the page.
 *
 * @returns a function to call when an attribute of the frame has changed: a kit may resize it.
 */
export function keepLook(frame: HTMLIFrameElement): () => void {
  const { style } = frame;
  const own: Record<string, string> = {};
  const keep = (name: string, value: string): void => {
    const isSet = `; ${style.cssText}`.includes(`; ${name}`);
    const isForeign = isSet && style.getPropertyValue(name) !== own[name];
    if (isForeign || !value) return;
    style.setProperty(name, value, 'important');
    own[name] = style.getPropertyValue(name);
  };
  return () => {
    keep('width', lengthOf(frame.width));
    keep('height', lengthOf(frame.height));
    if (frame.getAttribute('frameborder') === '0') keep('border', '0');
    for (const [name, value] of plain) keep(name, value);
  };
}

/** An attribute's value as a CSS length; empty if there is none. */
function lengthOf(value: string): string {
  return value.endsWith('%') ? value : value && `${parseFloat(value)}px`;
}
