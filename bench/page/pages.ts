/** The pages that are compared: the vendor's tag with hand-written code, and this element. */
import { browserScript, type Addresses } from './site.js';

export interface PageOptions {
  /** The kit is preloaded by a line in the head. */
  readonly isPreloaded?: boolean;
  /** Campaigns on the page; default 1. */
  readonly campaigns?: number;
  /** Further attributes of each element. */
  readonly attributes?: string;
  /** Only `campaign-id` and `auth-endpoint`: the endpoint names channel and host. */
  readonly isShort?: boolean;
  /** Pixels of content before the campaigns. */
  readonly above?: number;
  /** Script that runs before everything else. */
  readonly before?: string;
  /** The library's script is another one: without its hash. */
  readonly isOtherLibrary?: boolean;
}

const channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';

/** The line of the README that reserves the campaign's height. */
const reserved = '<style>qualifio-campaign{display:block;min-height:400px}</style>';

const article = '<p>The text of an article, which stands around its campaign.</p>'.repeat(5);

function numbersOf({ campaigns = 1 }: PageOptions): number[] {
  return Array.from({ length: campaigns }, (_, index) => 123456 + index);
}

function page(
  { kit }: Addresses,
  { isPreloaded, above = 0, before }: PageOptions,
  head: string,
  body: string,
): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Article</title>',
    before && `<script>${before}</script>`,
    isPreloaded && `<link rel="preload" as="script" href="${kit}">`,
    head,
    '</head><body>',
    above > 0 && `<div style="height:${above}px"></div>`,
    body,
    article,
    '</body></html>',
  ]
    .filter(Boolean)
    .join('\n');
}

/** The vendor's tag as it is pasted, once for each campaign, and one hand-written exchange. */
export function tagPage(addresses: Addresses, options: PageOptions = {}): string {
  const tags = numbersOf(options).map(
    (number) => `<div id="qualifio_insert_place_${number}" class="qualifio_iframe_wrapper"></div>
<script>
(function(b,o,n,u,s){
var a,t;a=b.createElement(u);
a.async=1;a.src=s;t=b.getElementsByTagName(u)[0];
t.parentNode.insertBefore(a,t);o[n]=o[n]||[]})
(document,window,'_qual_async','script','${addresses.kit}');
_qual_async.push(['createIframe', 'qualifio_insert_place_${number}', '${addresses.campaignHost}',
'20', '${channelId}', '100%', '400', '', '', '', 'max-width:810px;margin:0 auto;']);
</script>`,
  );
  const exchange = `<script>\n${browserScript('hand-written.js')}</script>`;
  return page(addresses, options, '', `${article}${tags.join('\n')}\n${exchange}`);
}

/** The element, with the script tag of the README. */
export function elementPage(addresses: Addresses, options: PageOptions = {}): string {
  const { library, libraryHash, kit, campaignHost } = addresses;
  const elements = numbersOf(options).map((number) => {
    const rest = options.isShort
      ? ''
      : ` channel-id="${channelId}" host="${campaignHost}" height="400"`;
    return `<qualifio-campaign campaign-id="${number}" auth-endpoint="/token"${rest} ${options.attributes ?? ''}></qualifio-campaign>`;
  });
  const integrity = options.isOtherLibrary ? '' : `integrity="${libraryHash}" `;
  const script = `<script defer src="${library}" ${integrity}crossorigin="anonymous" data-kit-url="${kit}"></script>`;
  return page(addresses, options, `${script}\n${reserved}`, `${article}${elements.join('\n')}`);
}
