/** A promise that can be renewed after it was rejected. Made when it is needed: few pages ask for it. */
export class Readiness {
  #promise: Promise<void> | undefined;
  /** Settle the promise; absent unless one is pending. */
  #settle: [fulfil: () => void, refuse: (reason: unknown) => void] | undefined;

  /** The browser does not report its rejection as unhandled: the page may not use the promise. */
  get promise(): Promise<void> {
    if (!this.#promise) {
      this.#promise = new Promise((...settle) => (this.#settle = settle));
      this.#promise.catch(() => {});
    }
    return this.#promise;
  }

  /** Forgets the promise, unless it is pending. */
  renew(): void {
    if (!this.#settle) this.#promise = undefined;
  }

  /** Fulfils, even after a rejection: a late success counts. */
  resolve(): void {
    this.renew();
    void this.promise;
    this.#settle![0]();
    this.#settle = undefined;
  }

  /** Rejects the promise, if it is not settled. */
  reject(reason: unknown): void {
    void this.promise;
    this.#settle?.[1](reason);
    this.#settle = undefined;
  }
}
