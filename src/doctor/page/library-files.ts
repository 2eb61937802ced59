import { createHash } from 'node:crypto';
import type { Context } from '../context.js';
import { isRedirect, mediaType, redirectOrigin } from '../http/headers.js';
import { RequestFailure, type Answer } from '../http/requester.js';
import { failureVerdict, type Verdict } from '../report.js';
import { placeOf } from './page-checks.js';
import type { PageFacts } from './page-facts.js';
import { fileOf } from './page-files.js';

type Library = PageFacts['libraries'][number];

const javaScript =
  /^((text|application)\/(x-)?(java|ecma)script|text\/(javascript1\.[0-5]|jscript|livescript))$/;
const consent = 'To wait for consent, use `loading="manual"`: see docs/around-the-element.md.';
const correctUrl = 'Correct `src` of the script tag, or serve the library there.';

/** Checks that browsers run the files of the library's script tags, and their `integrity`. */
export async function checkLibraries(context: Context, page: PageFacts): Promise<void> {
  const { report, requester, secrets } = context;
  if (!report.wants('page-integrity')) return;
  for (const library of page.libraries) {
    const { element, src } = library;
    const subject = `${placeOf(element)}: ${secrets.hide(src.href)}`;
    const marks = [...inertMarks(library)];
    if (marks.length > 0) {
      const found = marks.map(([what]) => what).join(', and ');
      const fix = [...marks.map(([, what]) => what), consent].join(' ');
      report.add('page-integrity', subject, ['fail', `${found}: browsers do not run it`, fix]);
      continue;
    }
    if (integrityOf(library) && src.origin !== page.url.origin && !isCors(library)) {
      const found = 'integrity on another origin without crossorigin: browsers block the file';
      report.add('page-integrity', subject, ['fail', found, 'Add crossorigin="anonymous".']);
      continue;
    }
    context.progress(secrets.hide(src.href));
    const answer = await requester.attempt(fileOf(src, 'script'));
    if (answer instanceof RequestFailure) {
      const [result, found, fix = correctUrl] = failureVerdict(report, answer);
      report.add('page-integrity', subject, [result, `the file cannot be read: ${found}`, fix]);
    } else {
      report.add('page-integrity', subject, fileVerdict(context, library, answer));
    }
  }
}

const integrityOf = ({ element }: Library): string =>
  element.attributes.get('integrity')?.trim() ?? '';
const isCors = ({ element }: Library): boolean => element.attributes.has('crossorigin');

/** What keeps browsers from running a script, such as a consent tool's `type`, and what to do about it. */
function* inertMarks({ element, from }: Library): Generator<readonly [found: string, fix: string]> {
  const { attributes } = element;
  const type = attributes.get('type')?.trim().toLowerCase() ?? '';
  if (from !== 'src') {
    yield [`its URL is in \`${from}\`, not in \`src\``, `Rename \`${from}\` to \`src\`.`];
  }
  if (type === 'module') return;
  if (type && !javaScript.test(type)) {
    yield ['its `type` is not that of JavaScript', 'Remove `type` from the script tag.'];
  }
  if (attributes.has('nomodule')) yield ['`nomodule`', 'Remove `nomodule` from the script tag.'];
}

function fileVerdict({ secrets }: Context, library: Library, answer: Answer): Verdict {
  const { status, body, isCut } = answer;
  const integrity = integrityOf(library);
  if (isRedirect(answer) && !integrity) {
    const origin = secrets.hide(redirectOrigin(answer, library.src));
    return ['skipped', `answers ${status}, a redirect to ${origin}: the doctor does not follow it`];
  }
  if (status !== 200 || isCut) {
    return ['fail', `the file answers ${status}${isCut ? ', more than 1 MB' : ''}`, correctUrl];
  }
  if (answer.text.trimStart().startsWith('<')) {
    return ['fail', 'a page or XML is in place of the script', correctUrl];
  }
  const blocked = blockedType(library, answer);
  if (blocked) {
    return ['fail', blocked, 'Serve the file with `Content-Type: text/javascript`.'];
  }
  if (!integrity) return ['pass', 'the file is a script; no integrity attribute'];
  return matchesIntegrity(body, integrity)
    ? ['pass', 'the hash is that of the file']
    : ['fail', 'the hash is not that of the file'];
}

/** Why browsers do not run a file of this media type; undefined if they do. */
function blockedType({ element }: Library, answer: Answer): string | undefined {
  const type = mediaType(answer);
  if (javaScript.test(type)) return undefined;
  const isModule = element.attributes.get('type')?.trim().toLowerCase() === 'module';
  const isNosniff = /^\s*nosniff\s*(,|$)/i.test(answer.header('X-Content-Type-Options'));
  const isNeverScript = /^(audio|image|video)\/|^text\/csv$/.test(type);
  if (!isModule && !isNosniff && !isNeverScript) return undefined;
  const why = isModule ? ' for a module' : isNosniff ? ' with nosniff' : '';
  return `${type || 'no media type'}${why}: browsers do not run the script`;
}

/** Whether a browser accepts a file: the strongest kind of hash counts, and one of it must match. */
function matchesIntegrity(body: Buffer, integrity: string): boolean {
  const hashes = integrity.split(/\s+/).map((text) => /^(sha(?:256|384|512))-([^?]*)/.exec(text));
  const strongest = hashes.map((hash) => hash?.[1] ?? '').reduce((a, b) => (a > b ? a : b), '');
  if (!strongest) return true;
  const real = createHash(strongest).update(body).digest('base64');
  return hashes.some((hash) => hash?.[1] === strongest && hash[2] === real);
}
