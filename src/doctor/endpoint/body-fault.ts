import { answerAdvice } from '../../inspector/endpoint-advice.js';
import { parseJson, unreadable, wrongShape, type Found } from '../../token/answer-kind.js';
import type { Answer } from '../http/requester.js';

/** What the JSON of an answer must have. */
type Member = 'token' | 'tag' | 'keys';

/** Faults in how a body is written, whatever it should say. */
const inWriting: ReadonlySet<Found> = new Set([
  'bytes that are not UTF-8',
  'XML or source code',
  'text before its JSON',
  'text after its JSON',
  'broken JSON',
]);

/** The text of an answer, without a BOM and the white space around it. */
export const bodyOf = ({ text }: Answer): string => text.replace(/^\ufeff/, '').trim();

/**
 * What a body contains in place of JSON with the member, as the element names it, and none of its
 * text.
 */
export function foundIn(answer: Answer, member: Member): Found {
  const text = bodyOf(answer);
  const json = parseJson(text);
  if (json !== undefined) return wrongShape(json);
  // The element looks for its token.
  return unreadable(text.replace(`"${member}"`, '"token"'));
}

/** Whether a page is in place of JSON, whatever its media type. */
export const isPage = (answer: Answer): boolean => foundIn(answer, 'token') === 'an HTML page';

/** What to do about a body without a token, in the words of the inspector. */
export const tokenAdvice = (answer: Answer): string =>
  answerAdvice[answer.isCut ? 'more than 64 KiB' : foundIn(answer, 'token')];

/** What to do about a body that is written wrongly; undefined if it is not. */
export function writingAdvice(answer: Answer, member: Member): string | undefined {
  const found = foundIn(answer, member);
  return inWriting.has(found) ? answerAdvice[found] : undefined;
}
