import { documentMember } from './document-member.js';

/** Whether any frame of the page has the focus. */
export function hasFrameFocus(): boolean {
  return documentMember('activeElement')?.localName === 'iframe';
}

/** Whether this frame has the focus. */
export function hasFocus(frame: Element | null): boolean {
  return documentMember('activeElement') === frame;
}
