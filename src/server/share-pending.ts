/**
 * Makes a value at the first call and shares it, also with calls during that time. A failure is
 * forgotten: the next call tries again.
 */
export function sharePending<T>(make: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () =>
    (pending ??= make().catch((error: unknown) => {
      pending = undefined;
      throw error;
    }));
}
