import { readCommand } from './create-iframe.js';
import { checkField, type CampaignFields, type CheckedField } from './field-grammar.js';
import { restoreTag } from './mangled-tag.js';
import { configInvalid } from '../errors.js';

/** The parameters of Qualifio's JS tag, exactly as written. */
export interface TagParameters extends CampaignFields {
  /** Where the tag loads Qualifio's kit from, as written; null if the tag does not say. */
  kitUrl: string | null;
}

const text = String.raw`'(?:[^'\\\n]|\\[^xu\n])*'|"(?:[^"\\\n]|\\[^xu\n])*"`;
const value = `${text}|[\\d.]+`;
const values = new RegExp(value, 'g');
/** An unclosed string ends with its line, an unclosed comment with the text: nothing is matched twice. */
const comment = /('(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?)|\/\/.*|\/\*[^]*?(?:\*\/|$)/g;
const longest = 16_384;
const createIframe = new RegExp(
  String.raw`\[\s*["']createIframe["'](?:\s*,\s*(?:${value})){1,30}\s*(?:,\s*)?]`,
  'g',
);

/**
 * Reads the JS tag from Qualifio Manager: the tag as HTML, or only its script.
 *
 * The tag is read as text. It is **not** executed, and nothing is requested. `kitUrl` is reported
 * but has no effect: the element loads the kit from a constant.
 *
 * @param html the tag, as pasted; 16,384 characters at most.
 * @returns the parameters of its one `createIframe` command.
 * @throws {QualifioError} `CONFIG_INVALID`, naming what could not be read and what it must be.
 *
 * @example
 * const { campaignId, host } = parseTag(channel.integration.javascript);
 */
export function parseTag(html: string): TagParameters {
  const kitUrl = /["']([^"'\s]+\/kit\/qualp[\w.]*\.js)["']/.exec(codeOf(readable(html)))?.[1];
  return { ...parseFields(html), kitUrl: kitUrl ?? null };
}

/** {@link parseTag} without the kit's URL, which has no effect. */
export function parseFields(html: string): CampaignFields {
  const markup = readable(html);
  const commands = commandsIn(markup);
  if (commands.length !== 1) {
    const why = commands.length ? 'paste one tag into each element' : whyNone(html, markup);
    throw configInvalid(
      'The pasted tag',
      `one createIframe command, not ${commands.length}: ${why}`,
    );
  }
  const found = (commands[0]!.match(values) ?? []).map(unquote);
  const { divId, host, channelId, width, height, frameStyle } = readCommand(found);
  const div = /\bid\s*=\s*["']?(qualifio_insert_place_\w+)/i.exec(markup)?.[1] ?? divId;
  const id = div === divId ? divId : `${div}, and ${divId}`;
  const check = (field: CheckedField, value: string): string =>
    checkField(field, value, `The pasted tag's ${field}`);
  return {
    campaignId: check('campaignId', id.replace(/^qualifio_insert_place_/, '')),
    channelId: check('channelId', channelId),
    host: check('host', host),
    width: width && check('width', width),
    height: height && check('height', height),
    frameStyle: check('frameStyle', frameStyle),
  };
}

/** The tag's markup, without comments; restored if an editor has changed it. */
function readable(html: string): string {
  const markup = bounded(html);
  const restored = bounded(restoreTag(html.slice(0, longest)));
  return commandsIn(restored).length > commandsIn(markup).length ? restored : markup;
}

function commandsIn(markup: string): readonly string[] {
  return codeOf(markup).match(createIframe) ?? [];
}

/** Why no command can be read. */
function whyNone(html: string, markup: string): string {
  const has = (text: string, part: RegExp): boolean => part.test(text);
  if (!html.trim()) return 'it is empty';
  if (has(codeOf(markup), /createIframe/)) return 'it is cut off, or a value is not plain text';
  if (has(html.slice(0, longest), /createIframe/)) return 'it is in a comment';
  if (has(markup, /_qual_async/)) return 'it calls something else';
  if (has(markup, /qualifio_insert_place_/)) {
    return 'its script was removed. Set campaign-id, channel-id and host in its place';
  }
  return has(markup, /<iframe/i) ? 'it is the iframe, not the JS tag' : 'it is not a JS tag';
}

/** A tag has fewer than 1,000 characters; the limit bounds the time that a hostile one needs. */
function bounded(html: string): string {
  return html.slice(0, longest).replace(/<!--[^]*?(?:-->|$)/g, '');
}

function codeOf(markup: string): string {
  const scripts = markup.match(/<script\b[^>]*(?:>|$)[^]*?(?:<\/script|$)/gi)?.join('\n') ?? markup;
  return scripts.replace(comment, '$1');
}

function unquote(literal: string): string {
  return literal.replace(/^["']|["']$/g, '').replace(/\\(.)/g, '$1');
}
