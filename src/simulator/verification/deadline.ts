/**
 * Runs work that waits for another server, which may not answer: its signal aborts after the given
 * milliseconds, or when the simulator closes. Removes its timer and its listener.
 */
export async function withDeadline<T>(
  milliseconds: number,
  closing: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, milliseconds);
  closing.addEventListener('abort', abort);
  if (closing.aborted) abort();
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', abort);
  }
}
