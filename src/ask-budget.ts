/**
 * Counts how often something is done: the returned function tells whether it may be done once more,
 * at most `most` times within any `span` milliseconds. Called with true, it counts what it allowed
 * last as done only now.
 */
export function askBudget(most: number, span: number): (renew?: true) => boolean {
  let times: number[] = [];
  return (renew) => {
    if (renew) times.pop();
    const now = performance.now();
    times = times.filter((time) => now - time < span);
    return times.length < most && times.push(now) > 0;
  };
}
