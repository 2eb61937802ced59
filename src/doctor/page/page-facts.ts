import { parseTag, type TagParameters } from '../../config/parse-tag.js';
import { readHtml, type HtmlElement } from './read-html.js';

/** A tag that was pasted into the page itself, where its script runs. */
export interface LooseTag {
  readonly script: HtmlElement;
  /** Null if it cannot be read. */
  readonly tag: TagParameters | null;
}

/** What a page's HTML says about campaigns. */
export interface PageFacts {
  readonly url: URL;
  /** URL that relative ones are resolved against. */
  readonly base: URL;
  readonly campaigns: readonly HtmlElement[];
  readonly signIns: readonly HtmlElement[];
  readonly looseTags: readonly LooseTag[];
  /** Scripts with a `src` that can be resolved. */
  readonly scripts: readonly { readonly element: HtmlElement; readonly src: URL }[];
  /** Those of this package, with the name of the attribute that has the URL: a consent tool moves it. */
  readonly libraries: readonly (PageFacts['scripts'][number] & { readonly from: string })[];
  readonly styleSheets: readonly URL[];
  /** The `<style>` elements. */
  readonly styles: readonly HtmlElement[];
  /** Policies in `<meta>`, in the document's head. */
  readonly metaPolicies: readonly string[];
}

export const vendorKit = 'https://files.qualifio.com/kit/qualp.2.min.js';
const kitPath = /\/kit\/qualp[\w.]*\.js$/;
/** This package's files for pages, as they are named on a CDN. */
const libraryPath = /(?:^|\/)qualifio-(?:campaign|sign-in)(?:\.min)?\.js$/;
const elementPath = /(?:^|\/)qualifio-campaign(?:\.min)?\.js$/;

export function readPage(url: URL, html: string): PageFacts {
  const elements = readHtml(html);
  const named = (...names: string[]) => elements.filter(({ name }) => names.includes(name));
  const baseHref = named('base').find(({ attributes }) => attributes.has('href'));
  const base = resolve(baseHref?.attributes.get('href') ?? '', url) ?? url;
  const scripts = named('script').flatMap((element) => {
    const src = resolve(element.attributes.get('src'), base);
    return src ? [{ element, src }] : [];
  });
  return {
    url,
    base,
    campaigns: named('qualifio-campaign'),
    signIns: named('qualifio-sign-in'),
    looseTags: named('script').filter(isLooseTag).map(readLooseTag),
    scripts,
    libraries: named('script').flatMap((element) => librariesOf(element, base).slice(0, 1)),
    styleSheets: named('link').flatMap(({ attributes }) => {
      const isStyles = /(^|\s)stylesheet(\s|$)/i.test(attributes.get('rel') ?? '');
      const href = isStyles && resolve(attributes.get('href'), base);
      return href ? [href] : [];
    }),
    styles: named('style'),
    metaPolicies: named('meta')
      .filter(({ attributes, parents }) => isPolicy(attributes) && parents.includes('head'))
      .map(({ attributes }) => attributes.get('content') ?? ''),
  };
}

/** Whether a URL is that of a kit. */
export const isKit = ({ pathname }: URL): boolean => kitPath.test(pathname);

/**
 * Whether the page has the element, or its library: script may build one then. `<qualifio-sign-in>`
 * loads no kit, and needs no policy for Trusted Types.
 */
export const usesElement = ({ campaigns, libraries }: PageFacts): boolean =>
  campaigns.length > 0 || libraries.some(({ src }) => elementPath.test(src.pathname));

/** The kit that the page's element loads: Qualifio's, or the one that a library's script tag names. */
export function kitOf({ url, base, libraries }: PageFacts): URL {
  const given = libraries.map(({ element }) => element.attributes.get('data-kit-url'));
  // The element resolves it against the page's own URL, without <base>.
  const own = given.find((value) => value !== undefined);
  return (own !== undefined && resolve(own, url)) || resolve(vendorKit, base)!;
}

/** The address, or null if it is not one, or not of http. */
export function resolve(address: string | undefined, base: URL): URL | null {
  if (address === undefined || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return /^https?:$/.test(url.protocol) ? url : null;
}

/** The library that a script loads, or would if its URL were in `src`, and not in `data-src` or similar. */
function librariesOf(element: HtmlElement, base: URL): PageFacts['libraries'] {
  const { attributes } = element;
  const names = attributes.has('src') ? ['src'] : [...attributes.keys()];
  return names.flatMap((from) => {
    const src = from.endsWith('src') ? resolve(attributes.get(from), base) : null;
    return src && libraryPath.test(src.pathname) ? [{ element, src, from }] : [];
  });
}

function isPolicy(attributes: ReadonlyMap<string, string>): boolean {
  return attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy';
}

function isLooseTag({ attributes, inner, parents }: HtmlElement): boolean {
  const isInElement = parents.includes('qualifio-campaign');
  return !isInElement && !attributes.has('src') && /createIframe/.test(inner);
}

function readLooseTag(script: HtmlElement): LooseTag {
  try {
    return { script, tag: parseTag(`<script>${script.inner}</script>`) };
  } catch {
    return { script, tag: null };
  }
}
