/** A promise that can be waited for again after it was broken. */
export class Readiness {
  #resolve!: () => void;
  #reject!: (reason: unknown) => void;
  #promise!: Promise<void>;
  #pending = false;

  constructor() {
    this.renew();
  }

  get promise(): Promise<void> {
    return this.#promise;
  }

  /** Fulfils, even where it was broken before: late is as good as in time. */
  resolve(): void {
    this.renew();
    this.#pending = false;
    this.#resolve();
  }

  /** Rejects for those who wait now. Unheard, it disturbs nobody: the page may not have asked. */
  reject(reason: unknown): void {
    this.#pending = false;
    this.#reject(reason);
  }

  /** Makes a promise of what comes next; those who wait already go on waiting. */
  renew(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#promise.catch(() => {});
  }
}
