import type { Attribute, CampaignSettings } from './campaign-settings.js';
import type { Output } from './output.js';
import { exampleNonce, type PolicyName } from './policy-names.js';

export interface Release {
  readonly version: string;
  /** `sha384-` and the hash of the CDN file. */
  readonly integrity: string;
}

/** Where the page loads the library from. */
export type ScriptSource = 'cdn' | 'own';

export function cdnUrl({ version }: Release): string {
  return `https://cdn.jsdelivr.net/npm/qualifio-campaign@${version}/dist/qualifio-campaign.min.js`;
}

/** The element's tag as HTML, each attribute on a line of its own. */
export function elementTag(
  attributes: readonly Attribute[],
  options: {
    name?: string;
    write?: (attribute: Attribute) => string;
    close?: string;
    indent?: string;
  } = {},
): string {
  const { name = 'qualifio-campaign', write = htmlAttribute, indent = '' } = options;
  const { close = `></${name}>` } = options;
  const lines = attributes.map((attribute) => `\n${indent}  ${write(attribute)}`).join('');
  return `${indent}<${name}${lines}\n${indent}${close}`;
}

/** An attribute in a language that escapes as HTML does. */
export function htmlAttribute({ name, value }: Attribute): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return value === '' ? name : `${name}="${escaped}"`;
}

/** What a page without a framework contains. */
export function htmlOutputs(
  settings: CampaignSettings,
  { release, source, policy }: { release: Release; source: ScriptSource; policy: PolicyName },
): readonly Output[] {
  const hasNonce = policy === 'nonce' || policy === 'strict-dynamic';
  const nonce = hasNonce ? [{ name: 'nonce', value: exampleNonce }] : [];
  const hash = source === 'cdn' || policy === 'hash' ? [['integrity', release.integrity]] : [];
  const cdn = source === 'cdn' ? [['crossorigin', 'anonymous']] : [];
  const script = [
    ...nonce,
    { name: 'defer', value: '' },
    { name: 'src', value: source === 'cdn' ? cdnUrl(release) : '/js/qualifio-campaign.min.js' },
    ...[...hash, ...cdn].map(([name = '', value = '']) => ({ name, value })),
    { name: 'data-allowed-hosts', value: settings.campaign.host },
  ];
  const own = policy === 'nonce' ? [...settings.attributes, ...nonce] : settings.attributes;
  const note =
    source === 'own'
      ? { note: 'Copy the file from node_modules/qualifio-campaign/dist/ to your server.' }
      : {};
  return [
    {
      name: 'HTML',
      code: `${elementTag(script, { name: 'script' })}\n\n${elementTag(own)}`,
      ...note,
    },
    styleOutput(settings),
  ];
}

/** The rule that prevents a layout shift before the library has run. */
export function styleOutput({ reserved }: CampaignSettings): Output {
  const height = reserved === null ? '' : `\n  min-height: ${reserved}px;`;
  return {
    name: 'Style sheet of the page',
    code: `qualifio-campaign {\n  display: block;${height}\n}`,
    note: 'It prevents a layout shift before the library has run.',
  };
}
