/** What the examples use of Next.js, whose real build is in `test/frameworks`. */
export const connection = (): Promise<void> => Promise.resolve();
