/**
 * Counts how often something is done: the returned function tells whether it may be done once more,
 * at most 4 times within any 60 s. Called with true, it counts what it allowed last as done only now.
 */
export function askBudget(): (renew?: true) => boolean {
  let times: number[] = [];
  return (renew) => {
    if (renew) times.pop();
    const now = performance.now();
    times = times.filter((time) => now - time < 60_000);
    return times.length < 4 && times.push(now) > 0;
  };
}
