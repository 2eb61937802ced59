import type { Context } from '../context.js';
import { isRedirect, mediaType, redirectOrigin } from '../http/headers.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { failureVerdict } from '../report.js';
import { readElement } from './attributes.js';
import { checkLibraries } from './library-files.js';
import { checkPage, type ReadElement } from './page-checks.js';
import { readPage, type PageFacts } from './page-facts.js';
import { checkHeight } from './page-files.js';

/** A page that was fetched and read. */
export interface OpenPage {
  readonly facts: PageFacts;
  readonly elements: readonly ReadElement[];
  readonly answer: Answer;
}

const largestPage = 20 * 1024 * 1024;

/** Fetches a page, and checks what its HTML says. Undefined if it cannot be read, which is reported. */
export async function openPage(context: Context, url: URL): Promise<OpenPage | undefined> {
  const { report, requester, secrets, options, progress } = context;
  const subject = secrets.hide(url.href);
  progress(subject);
  const answer = await requester.attempt({
    url,
    longest: largestPage,
    headers: {
      Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'Sec-Fetch-Site': 'none',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
      ...(options.cookie !== undefined && { Cookie: options.cookie }),
    },
  });
  const fail = (found: string, fix?: string): undefined => {
    report.add('page-element', subject, fix === undefined ? ['fail', found] : ['fail', found, fix]);
  };
  if (answer instanceof RequestFailure) {
    const ofServer = 'Correct what is wrong with the server of the page.';
    const [result, found, fix = ofServer] = failureVerdict(report, answer);
    return void report.add('page-element', subject, [result, found, fix]);
  }
  if (isRedirect(answer)) {
    const origin = secrets.hide(redirectOrigin(answer, url));
    const fix =
      'Give the final URL. If the page needs a login, give --cookie of a current session.';
    return fail(`the page answers ${answer.status}, a redirect to ${origin}`, fix);
  }
  if (answer.status !== 200) {
    const fix = 'Correct the URL. If the page needs a login, give --cookie of a current session.';
    return fail(`the page answers ${answer.status}`, fix);
  }
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(mediaType(answer))) {
    return fail('the answer is not HTML', 'Give the URL of the page with the campaign.');
  }
  const facts = readPage(url, textOf(answer));
  const elements = [...facts.campaigns, ...facts.signIns].map((element) => ({
    element,
    facts: readElement(element, url, facts.base),
  }));
  checkPage(context, facts, elements, answer);
  await checkLibraries(context, facts);
  await checkHeight(context, facts, elements, answer);
  return { facts, elements, answer };
}

/** The text of a page, in the encoding that its header names. */
function textOf(answer: Answer): string {
  const [, charset = 'utf-8'] =
    /charset\s*=\s*"?([\w-]+)/i.exec(answer.header('Content-Type')) ?? [];
  try {
    return new TextDecoder(charset).decode(answer.body);
  } catch {
    return answer.text;
  }
}
