/**
 * Finds out whether a token, or any part of it, leaked: one watch for the page that the tests run
 * in, and one for each page that a test opens.
 */
import { PageWatch } from './page-watch.js';

const pages = new Map<Window, PageWatch>([[window, new PageWatch(window)]]);
/** Leaks of pages that are closed. */
const left: Promise<string[]>[] = [];

/** Watches a page. Call it before any code of the page runs. */
export function watchPage(page: Window & typeof globalThis): void {
  pages.set(page, new PageWatch(page));
}

/** Looks for the last time at a page that is about to close. */
export function leavePage(page: Window): void {
  const watch = pages.get(page);
  if (watch) left.push(watch.look());
  pages.delete(page);
}

/** Where the mark was found since the last call, in any page. */
export async function leaks(): Promise<string[]> {
  const watches = [...pages].map(([page, watch]) => {
    if (page.closed) pages.delete(page);
    return watch.look();
  });
  return [...new Set((await Promise.all([...left.splice(0), ...watches])).flat())];
}
