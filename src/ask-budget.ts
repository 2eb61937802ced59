/**
 * Counts how often something is done: the returned function tells whether it may be done once more,
 * at most `most` times within any `span` milliseconds.
 */
export function askBudget(most: number, span: number): () => boolean {
  let times: number[] = [];
  return () => {
    const now = performance.now();
    times = times.filter((time) => now - time < span);
    return times.length < most && times.push(now) > 0;
  };
}
