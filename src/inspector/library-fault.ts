import { findUndefined } from './find-inspected.js';
import { fault, type SetUpFault } from './set-up-fault.js';

/** Whether the element is there, but not its library. Before the page has loaded, it may still come. */
export function* libraryFault(root: ParentNode, name: string): Generator<SetUpFault> {
  const element = findUndefined(root, name);
  if (!element || document.readyState !== 'complete') return;
  const { id, localName } = element;
  yield fault(
    'library-missing',
    `\`<${localName}${id && ` id="${id}"`}>\` is on this page, but its library has not run.`,
    'Look at the library’s script tag: it may be missing, its `src` may be wrong, its `type` may keep browsers from running it (a consent tool writes `text/plain`), its `integrity` may not match the file, the file’s media type may not be JavaScript, or `script-src` may block it. The browser’s console and `qualifio-doctor` say which.',
  );
}
