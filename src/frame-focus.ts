import { documentMember } from './document-member.js';

/** Whether a frame of the page has the focus, which is then still with the participant's page. */
export function hasFrameFocus(): boolean {
  return documentMember('activeElement')?.localName === 'iframe';
}
