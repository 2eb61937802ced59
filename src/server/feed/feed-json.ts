import { FeedFault } from './feed-fault.js';

/** Longest channel, in characters. A longer one could take long to parse, which cannot be interrupted. */
const longestChannel = 100_000;

const quote = 0x22;
const comma = 0x2c;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Stands between two channels: other work of the host may run before the next one is read. */
export const pause: unique symbol = Symbol('pause');

/**
 * Characters that are searched between two pauses. A computer under load takes some milliseconds for
 * them.
 */
const charactersBetweenPauses = 100_000;

/**
 * The channels of an answer, which is `{"channels": […]}` or only the list, with pauses. They are
 * parsed one by one, when they are needed: for an answer of 5 MB, one `JSON.parse` takes over a second
 * if it is nested deeply, or if no two objects have the same properties. A channel that is too long is
 * null.
 * @throws {FeedFault} if the answer is anything else, possibly only after some channels
 */
export function* channelsIn(answer: string): Generator<unknown> {
  const json = answer.trim();
  const list = json.startsWith('{') ? yield* listIn(json) : json;
  if (!list.startsWith('[')) {
    if (list === json) readJson(json);
    throw new FeedFault('no list of channels');
  }
  for (const channel of partsOf(list)) {
    if (channel === pause) yield pause;
    else yield channel.length > longestChannel ? null : readJson(channel);
  }
}

/** The JSON of the property `channels`; other properties are ignored. */
function* listIn(object: string): Generator<typeof pause, string> {
  let list = '';
  for (const member of partsOf(object)) {
    if (member === pause) {
      yield pause;
      continue;
    }
    const [name] = /^\s*"channels"\s*:/.exec(member) ?? [];
    if (name !== undefined) list = member.slice(name.length).trim();
  }
  return list;
}

/** The text between the outermost brackets of a JSON object or list, split at its commas, with pauses. */
function* partsOf(json: string): Generator<string | typeof pause> {
  const close = json.startsWith('{') ? closeObject : closeList;
  const search: Search = { at: 1, depth: 0, isText: false };
  let begin = 1;
  for (;;) {
    while (!findEnd(json, search)) yield pause;
    const end = search.at;
    const part = json.slice(begin, end);
    if (json.charCodeAt(end) === comma) {
      yield part;
      begin = end + 1;
      search.at = begin;
      continue;
    }
    if (json.charCodeAt(end) !== close || end + 1 < json.length) throw new FeedFault('not JSON');
    // A part may be empty only if there is no comma.
    if (begin > 1 || part.trim() !== '') yield part;
    return;
  }
}

/** Where a search for the end of a part has come to. */
interface Search {
  at: number;
  /** The number of brackets that are open. */
  depth: number;
  /** Whether the position is within a string. */
  isText: boolean;
}

/**
 * Goes on with a search until the next pause, and returns whether it has found the end: the part's
 * comma, the bracket that closes the list or object around it, or the end of the text. No generator:
 * engines run such a loop several times slower in one.
 */
function findEnd(json: string, search: Search): boolean {
  let { at, depth, isText } = search;
  const stop = Math.min(at + charactersBetweenPauses, json.length);
  let isFound = false;
  for (; at < stop; at += 1) {
    const code = json.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) {
      isText = true;
    } else if (code === openList || code === openObject) {
      depth += 1;
    } else if (code === closeList || code === closeObject) {
      isFound = depth === 0;
      if (isFound) break;
      depth -= 1;
    } else if (code === comma && depth === 0) {
      isFound = true;
      break;
    }
  }
  Object.assign(search, { at, depth, isText });
  return isFound || at >= json.length;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The error quotes the answer.
    throw new FeedFault('not JSON');
  }
}
