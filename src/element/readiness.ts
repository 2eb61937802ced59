/** A promise that can be renewed after it was rejected. */
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

  /** Fulfils, even after a rejection: a late success counts. */
  resolve(): void {
    this.renew();
    this.#pending = false;
    this.#resolve();
  }

  /** Rejects the current promise. The browser does not report it as unhandled: the page may not use the promise. */
  reject(reason: unknown): void {
    this.#pending = false;
    this.#reject(reason);
  }

  /** Makes a new promise, unless the current one is pending. */
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
