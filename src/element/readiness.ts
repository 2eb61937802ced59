/** A promise that can be renewed after it was rejected. */
export interface Readiness {
  promise: Promise<void>;
  /** Fulfils, even after a rejection: a late success counts. */
  resolve(): void;
  /** Rejects the current promise. The browser does not report it as unhandled: the page may not use the promise. */
  reject(reason: unknown): void;
  /** Creates a new promise, unless the current one is pending. */
  renew(): void;
}

/** Creates a pending promise. */
export function readiness(): Readiness {
  let isPending = false;
  let fulfil: () => void;
  let refuse: (reason: unknown) => void;
  const renew = (): void => {
    if (isPending) return;
    isPending = true;
    ready.promise = new Promise((resolve, reject) => {
      fulfil = resolve;
      refuse = reject;
    });
    ready.promise.catch(() => {});
  };
  const ready = {
    renew,
    resolve() {
      renew();
      isPending = false;
      fulfil();
    },
    reject(reason) {
      isPending = false;
      refuse(reason);
    },
  } as Readiness;
  renew();
  return ready;
}
