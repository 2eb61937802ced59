import { checkField, type CampaignFields, type CheckedField } from './field-grammar.js';
import { configInvalid } from '../errors.js';

/** What Qualifio's JS tag says, to the character. */
export interface TagParameters extends CampaignFields {
  /** Where the tag loads Qualifio's kit from, as written; null where it does not say. */
  kitUrl: string | null;
}

const text = String.raw`'(?:[^'\\\n]|\\[^xu\n])*'|"(?:[^"\\\n]|\\[^xu\n])*"`;
const value = `${text}|[\\d.]+`;
const values = new RegExp(value, 'g');
/** What is left open ends with its line, or with everything: nothing is tried twice. */
const comment = /('(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?)|\/\/.*|\/\*[^]*?(?:\*\/|$)/g;
const createIframe = new RegExp(
  String.raw`\[\s*["']createIframe["'](?:\s*,\s*(?:${value})){1,30}\s*(?:,\s*)?]`,
  'g',
);

/**
 * Reads the JS tag that Qualifio Manager hands out: the tag as HTML, or its script alone.
 *
 * The tag is read as text. It is **not** executed, and nothing is requested. `kitUrl` is reported
 * but decides nothing: the element loads the kit from a constant.
 *
 * @param html the tag, as pasted; 16,384 characters at most.
 * @returns the parameters of its one `createIframe` command.
 * @throws {QualifioError} `CONFIG_INVALID`, saying what could not be read and how to fix it.
 *
 * @example
 * const { campaignId, host } = parseTag(channel.integration.javascript);
 */
export function parseTag(html: string): TagParameters {
  const kitUrl = /["']([^"'\s]+\/kit\/qualp[\w.]*\.js)["']/.exec(codeOf(bounded(html)))?.[1];
  return { ...parseFields(html), kitUrl: kitUrl ?? null };
}

/** {@link parseTag} without the kit's URL, which decides nothing. */
export function parseFields(html: string): CampaignFields {
  const markup = bounded(html);
  const commands = codeOf(markup).match(createIframe) ?? [];
  if (commands.length !== 1) {
    throw configInvalid('The pasted tag', `one createIframe command, not ${commands.length}`);
  }
  const [
    ,
    divId = '',
    host = '',
    ,
    channelId = '',
    width = '',
    height = '',
    ,
    ,
    ,
    frameStyle = '',
  ] = (commands[0]!.match(values) ?? []).map(unquote);
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

/** A tag has under 1,000 characters; the bound keeps a hostile one from costing time. */
function bounded(html: string): string {
  return html.slice(0, 16_384).replace(/<!--[^]*?(?:-->|$)/g, '');
}

function codeOf(markup: string): string {
  const scripts = markup.match(/<script\b[^>]*(?:>|$)[^]*?(?:<\/script|$)/gi)?.join('\n') ?? markup;
  return scripts.replace(comment, '$1');
}

function unquote(literal: string): string {
  return literal.replace(/^["']|["']$/g, '').replace(/\\(.)/g, '$1');
}
