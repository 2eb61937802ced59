/** Returns a function that allows three repairs a minute: two scripts that undo each other's work must not loop. */
export function repairLimit(): () => boolean {
  let times: number[] = [];
  return () => {
    const now = performance.now();
    times = [...times.filter((time) => now - time < 60_000), now];
    return times.length <= 3;
  };
}
