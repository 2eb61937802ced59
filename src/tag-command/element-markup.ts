import type { CampaignFields } from '../config/field-grammar.js';
import type { DivPart, ElementPart } from './page-parts.js';

/** What every element gets. */
export interface ElementSettings {
  /** URL of the token endpoint; undefined if the page sets it. */
  readonly authEndpoint: string | undefined;
  /** URL of the login page; undefined if the page sets it. */
  readonly loginUrl: string | undefined;
}

/** The class of the tag's div, which the element gives to its own. */
const ownClass = 'qualifio_iframe_wrapper';
/** A declaration without effect: the element's `frame-style` is not empty by default, a tag's may be. */
const noStyle = 'max-width:none;';

/** The attributes that this command writes. */
export const writtenAttributes: readonly string[] = [
  ...['campaign-id', 'channel-id', 'host', 'width', 'height', 'frame-style', 'auth-endpoint'],
  ...['login-url', 'nonce'],
];

/** The element for a tag. Its div's own attributes, and its script's nonce, stay as written. */
export function elementOf(
  html: string,
  { campaignId, channelId, host, width, height, frameStyle }: CampaignFields,
  { authEndpoint, loginUrl }: ElementSettings,
  { div, script }: { readonly div: DivPart; readonly script: ElementPart },
): string {
  const values = [campaignId, channelId, host, width, height, frameStyle || noStyle];
  const attributes = [...values, authEndpoint, loginUrl].flatMap((value, index) =>
    value ? [attribute(writtenAttributes[index]!, value)] : [],
  );
  for (const { name, value, start, end } of div.attributes) {
    const classes = value.split(/\s+/).filter((one) => one && one !== ownClass);
    const isOwn = name === 'id' || (name === 'class' && classes.length === 0);
    const isChanged = name === 'class' && value.includes(ownClass);
    if (isChanged && !isOwn) attributes.push(attribute('class', classes.join(' ')));
    else if (!isOwn) attributes.push(html.slice(start, end));
  }
  const nonce = script.attributes.find(({ name }) => name === 'nonce');
  if (nonce) attributes.push(html.slice(nonce.start, nonce.end));
  return `<qualifio-campaign ${attributes.join(' ')}></qualifio-campaign>`;
}

function attribute(name: string, value: string): string {
  return `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
}
