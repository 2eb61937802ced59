/** Something that is left as it is. */
export interface Remark {
  readonly line: number;
  readonly found: string;
  readonly fix: string;
}

/** What to do about a tag that the command cannot rewrite. */
export const byHand = 'Rewrite it by hand';

/** What can be left, besides tags: what it is, and what to do. */
export const remarks = {
  attribute: ['an attribute contains code of a tag', `${byHand}.`],
  comment: ['a comment contains a tag', 'Nothing: it does not run.'],
  'server code': ['server code writes a tag', `${byHand}, where your server writes it.`],
  template: ['a <template> contains a tag', `${byHand}: script may insert it.`],
  text: ['a tag is text, which visitors see', 'Paste it again as HTML, or remove the text.'],
  data: ['a script with data contains a tag', `${byHand}: script may insert it.`],
  gated: [
    'another script decides when the script of this tag runs',
    `${byHand}, with loading="manual": see "Consent tools" in docs/around-the-element.md.`,
  ],
  unreadable: [
    'a script with a tag is not valid JavaScript',
    'Correct the script or paste the tag again, and run this command again.',
  ],
  exchange: [
    'hand-written code exchanges messages with campaigns',
    'Remove it, since the element answers these messages, and run this command again.',
  ],
  code: ['code that is not of a tag uses the queue or the div of one', `${byHand}.`],
  kit: ['it loads Qualifio’s script for tags elsewhere', 'Remove it when no page has a tag.'],
} as const satisfies Record<string, readonly [found: string, fix: string]>;
