/**
 * Sets the accessible name of a campaign's frame. A title from the kit or another script is kept,
 * unless the page sets its own.
 */
export class FrameTitle {
  #frame: HTMLIFrameElement | null = null;
  /** The title that other code set; empty if there is none. */
  #foreign = '';
  #own = '';

  /**
   * @param wanted the page's own title, or an empty string.
   * @param byDefault the title if there is no other.
   */
  set(frame: HTMLIFrameElement | null, wanted: string, byDefault: string): void {
    if (frame !== this.#frame) this.#own = this.#foreign = '';
    this.#frame = frame;
    if (!frame) return;
    if (frame.title !== this.#own) this.#foreign = frame.title;
    this.#own = frame.title = wanted || this.#foreign || byDefault;
  }
}
