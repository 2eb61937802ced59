import { readCommand, writeCommand } from '../config/create-iframe.js';
import type { CampaignFields } from '../config/field-grammar.js';
import { restoreTag } from '../config/mangled-tag.js';
import { parseFields } from '../config/parse-tag.js';
import { tagWords, type ElementPart, type PageParts, type Range } from './page-parts.js';
import { readCode, type CodePart, type FrameCode } from './script-code.js';

/** A statement in its script; if an editor has changed the script, all of it. */
export interface Piece extends Range, Pick<CodePart, 'isTag' | 'frames' | 'loads' | 'kits'> {
  readonly script: Script;
  readonly hasTagWords: boolean;
}

/** An inline script that names what belongs to Qualifio's tag. */
export interface Script extends ElementPart {
  readonly pieces: readonly Piece[];
  /** Why nothing in it is a tag: it is `data`, `gated` by another script, or `unreadable`. */
  readonly fault: 'data' | 'gated' | 'unreadable' | '';
}

const javaScript = /^((text|application)\/(x-)?(java|ecma)script|module|)$/i;
/** Attributes that a tag's script can have without meaning anything for the element. */
const plainAttributes = [
  'type',
  'language',
  'charset',
  'async',
  'defer',
  'nonce',
  'crossorigin',
].concat('data-cfasync');

/** The scripts of a page that have to do with Qualifio's tag. */
export function readScripts(html: string, { scripts }: PageParts): readonly Script[] {
  return scripts
    .filter(({ start, end }) => tagWords.test(html.slice(start, end)))
    .map((script) => readScript(html, script));
}

function readScript(html: string, part: ElementPart): Script {
  const type = part.attributes.find(({ name }) => name === 'type')?.value.trim() ?? '';
  const isGated =
    /^text\/plain$/i.test(type) ||
    part.attributes.some(({ name }) => !plainAttributes.includes(name));
  if (!javaScript.test(type) && !isGated) return { ...part, pieces: [], fault: 'data' };
  if (isGated) return { ...part, pieces: [], fault: 'gated' };
  const pieces: Piece[] = [];
  const script: Script = { ...part, pieces, fault: part.content ? '' : 'unreadable' };
  if (!part.content) return script;
  const { start, end } = part.content;
  const code = html.slice(start, end);
  const isModule = /^module$/i.test(type);
  const parts = readCode(code, isModule);
  if (parts) {
    for (const each of parts) {
      const hasTagWords = tagWords.test(code.slice(each.start, each.end));
      const range = { start: start + each.start, end: start + each.end };
      pieces.push({ ...each, ...range, script, hasTagWords });
    }
    return script;
  }
  const restored = readCode(restoreTag(code), isModule);
  if (!restored?.every(({ isTag }) => isTag)) return { ...script, fault: 'unreadable' };
  pieces.push({
    ...{ script, start, end, isTag: true, hasTagWords: true },
    frames: restored.flatMap(({ frames }) => frames),
    loads: restored.some(({ loads }) => loads),
    kits: restored.flatMap(({ kits }) => kits),
  });
  return script;
}

/** What a command says; text if the element cannot have the same settings. */
export function readFrame({ values, source }: FrameCode): CampaignFields | string {
  const { divId, host, channelId, width, height, frameStyle } = readCommand(values);
  const campaignId = divId.replace(/^qualifio_insert_place_/, '');
  const given: CampaignFields = { campaignId, channelId, host, width, height, frameStyle };
  const known = writeCommand({ ...given, divId });
  const lost = values.findIndex((value, index) => value !== known[index]);
  if (lost >= 0) return `value ${lost + 1} of createIframe is ${JSON.stringify(values[lost])}`;
  try {
    const read = parseFields(`<script>${source}</script>`);
    const names = Object.keys(given) as (keyof CampaignFields)[];
    const differs = names.find((name) => read[name] !== given[name]);
    return differs ? `the ${differs} of createIframe is not plain text` : given;
  } catch (error) {
    return (error as Error).message.replace(/^The pasted tag's /, 'its ').replace(/\.$/, '');
  }
}
