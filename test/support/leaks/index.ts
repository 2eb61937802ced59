/**
 * Finds out whether a token, or anything that was in it, got where it must not be: one watch for the page
 * that the tests run in, and one for each page of a test's own.
 */
import { PageWatch } from './page-watch.js';

const pages = new Map<Window, PageWatch>([[window, new PageWatch(window)]]);
/** Of pages that are gone. */
const left: Promise<string[]>[] = [];

/** Has a page watched; to be called before anything of it runs. */
export function watchPage(page: Window & typeof globalThis): void {
  pages.set(page, new PageWatch(page));
}

/** Looks at a page that is about to go, for the last time. */
export function leavePage(page: Window): void {
  const watch = pages.get(page);
  if (watch) left.push(watch.look());
  pages.delete(page);
}

/** Where the mark has been seen since the last time, in any page. */
export async function leaks(): Promise<string[]> {
  const watches = [...pages].map(([page, watch]) => {
    if (page.closed) pages.delete(page);
    return watch.look();
  });
  return [...new Set((await Promise.all([...left.splice(0), ...watches])).flat())];
}
