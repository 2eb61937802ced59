import type { Answer } from './requester.js';

/** Whether an answer is a redirect. */
export const isRedirect = ({ status }: Answer): boolean => status >= 300 && status < 400;

/** Where a redirect leads: the origin alone, since the rest may have private data. */
export function redirectOrigin(answer: Answer, url: URL): string {
  const location = answer.header('Location');
  if (location === '') return 'no address';
  return URL.canParse(location, url) ? new URL(location, url).origin : 'an invalid address';
}

/** The directives of `Cache-Control`, by name in lower case. */
export function cacheControl(answer: Answer): ReadonlyMap<string, string> {
  const parts = answer.header('Cache-Control').toLowerCase().split(',');
  return new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim(), value.replaceAll('"', '').trim()];
    }),
  );
}

/** The media type of an answer, without parameters, in lower case. */
export function mediaType(answer: Answer): string {
  return answer.header('Content-Type').split(';')[0]!.trim().toLowerCase();
}

/** Whether a list in a header has a member, ignoring case. */
export function lists(header: string, member: string): boolean {
  const members = header.toLowerCase().split(',');
  return members.some((each) => each.trim() === member.toLowerCase());
}

/** The kind of a body, and none of its text. */
export function bodyKind(answer: Answer): string {
  const start = answer.text.slice(0, 200).trimStart().toLowerCase();
  if (start === '') return 'an empty body';
  if (start.startsWith('{') || start.startsWith('[')) return 'JSON';
  if (start.startsWith('<!') || start.startsWith('<html') || mediaType(answer) === 'text/html') {
    return 'an HTML page';
  }
  return start.startsWith('<') ? 'XML or source code' : 'text';
}
