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

/**
 * The channels of an answer, which is `{"channels": […]}` or only the list. They are parsed one by
 * one, when they are needed: for an answer of 5 MB, one `JSON.parse` takes over a second if it is
 * nested deeply, or if no two objects have the same properties. A channel that is too long is null.
 * @throws {FeedFault} if the answer is anything else, possibly only after some channels
 */
export function* channelsIn(answer: string): Generator<unknown> {
  const json = answer.trim();
  const list = json.startsWith('{') ? listIn(json) : json;
  if (!list.startsWith('[')) {
    if (list === json) readJson(json);
    throw new FeedFault('no list of channels');
  }
  for (const channel of partsOf(list)) {
    yield channel.length > longestChannel ? null : readJson(channel);
  }
}

/** The JSON of the property `channels`; other properties are ignored. */
function listIn(object: string): string {
  let list = '';
  for (const member of partsOf(object)) {
    const [name] = /^\s*"channels"\s*:/.exec(member) ?? [];
    if (name !== undefined) list = member.slice(name.length).trim();
  }
  return list;
}

/** The text between the outermost brackets of a JSON object or list, split at its commas. */
function* partsOf(json: string): Generator<string> {
  const end = json.startsWith('{') ? closeObject : closeList;
  let depth = 0;
  let begin = 1;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) {
      isText = true;
    } else if (code === openList || code === openObject) {
      depth += 1;
    } else if (code === closeList || code === closeObject) {
      depth -= 1;
      if (depth > 0) continue;
      if (code !== end || at + 1 < json.length) break;
      const last = json.slice(begin, at);
      // A part may be empty only if there is no comma.
      if (begin > 1 || last.trim() !== '') yield last;
      return;
    } else if (code === comma && depth === 1) {
      yield json.slice(begin, at);
      begin = at + 1;
    }
  }
  throw new FeedFault('not JSON');
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The error quotes the answer.
    throw new FeedFault('not JSON');
  }
}
