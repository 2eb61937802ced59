/**
 * Makes a value at the first call and shares it, also with callers that come while it is being made.
 * A failure is forgotten, so that the next call is a real second attempt.
 */
export function sharePending<T>(make: () => Promise<T>): () => Promise<T> {
  let pending: Promise<T> | undefined;
  return () =>
    (pending ??= make().catch((error: unknown) => {
      pending = undefined;
      throw error;
    }));
}
