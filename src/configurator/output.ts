/** A text that a publisher copies into one file of their project, or into a terminal. */
export interface Output {
  /** The file, or what the text is. */
  readonly name: string;
  readonly code: string;
  /** What to know before it is used. */
  readonly note?: string;
}
