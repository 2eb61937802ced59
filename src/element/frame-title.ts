/**
 * Gives a campaign's frame its accessible name. A title that the kit, or another script, has given it
 * stays, unless the page sets one of its own.
 */
export class FrameTitle {
  #frame: HTMLIFrameElement | null = null;
  /** What others have set; empty where nobody has. */
  #foreign = '';
  #own = '';

  /**
   * @param wanted the page's own title, or an empty text.
   * @param byDefault the title where there is no other.
   */
  set(frame: HTMLIFrameElement | null, wanted: string, byDefault: string): void {
    if (frame !== this.#frame) this.#own = this.#foreign = '';
    this.#frame = frame;
    if (!frame) return;
    if (frame.title !== this.#own) this.#foreign = frame.title;
    this.#own = frame.title = wanted || this.#foreign || byDefault;
  }
}
