/**
 * Settings for all campaigns of a page that only script can change: which hosts may receive tokens
 * (`allowedHosts`), and where Qualifio's script comes from (`kitUrl`). Markup must not change
 * either, so both are validated, kept out of its reach, and shared by all copies of this library on
 * the page.
 *
 * - Set in script, by `QualifioCampaign.allowedHosts` and `QualifioCampaign.kitUrl`, or by `data-*`
 *   of the library's own running classic `<script>`. Attributes and properties count only if they
 *   are an object's own, and addresses are resolved against the page's URL, regardless of `<base>`.
 * - `kitUrl` can be set until the first campaign starts. After that, setting it warns and has no effect.
 * - A tag does not change what script has set.
 * - `allowedHosts` can be set at any time. It is checked when a campaign starts and before each token is
 *   sent; a campaign that a new list does not allow ends with `HOST_NOT_ALLOWED`.
 * - Script tags of the library that differ in these attributes stop every campaign with
 *   `CONFIG_INVALID`, since one of them may have been injected. So if a tag has such attributes, no
 *   campaign starts before the document is parsed. A list on a tag that has not run yet counts
 *   immediately.
 * - A `srcdoc` frame has the page's origin but its own globals, and markup alone can make one. So it
 *   shares the settings of the page around it. If that page does not use this library, campaigns start
 *   in the frame only on a loopback host.
 */
import { isParsing } from './document-member.js';
import { configError, configInvalid } from '../errors.js';
import { isHost, isLocal, isLoopback, isSameHost } from '../config/host.js';
import { pageHostname, resolveUrl } from '../config/resolve-url.js';
import { pageRegistry, type PageTag, type PageTrust } from './page-registry.js';

/** Qualifio's script. A constant, so that markup never chooses which script runs. */
export const vendorKitUrl = 'https://files.qualifio.com/kit/qualp.2.min.js';

const urlName = 'data-kit-url';
const hostsName = 'data-allowed-hosts';

let shared: PageTrust | undefined;

/**
 * The window of this page or, in `srcdoc` frames, of the page around them; null if the frame may not
 * access it.
 */
function pageWindow(): Window | null {
  try {
    let page: Window = self;
    // `location` is a property that markup cannot replace.
    while (page.location.href.startsWith('about:srcdoc')) page = page.parent;
    return page;
  } catch {
    return null;
  }
}

/** The settings from the first copy of the library; older versions create a registry without them. */
function trust(): PageTrust {
  if (shared) return shared;
  const registry = pageRegistry(pageWindow() ?? globalThis);
  // A prototype may have been polluted.
  if (!Object.hasOwn(registry, 'trust')) {
    const value = {
      ...{ __proto__: null, kitUrl: vendorKitUrl, allowedHosts: null, isStarted: false },
      ...{ tags: [], setInScript: new Set(), listeners: new Set() },
    };
    Object.defineProperty(registry, 'trust', { value });
  }
  return (shared = registry.trust!);
}

/** Hosts that may receive tokens; null allows every host. */
export function allowedHosts(): readonly string[] | null {
  return trust().allowedHosts;
}

/** @throws {TypeError} for anything but a list of hosts, or null. */
export function setAllowedHosts(hosts: unknown): void {
  if (hosts !== null && !(Array.isArray(hosts) && hosts.every(isHostText))) {
    throw new TypeError('QualifioCampaign.allowedHosts must be a list of hosts, or null for any.');
  }
  trust().setInScript.add('allowedHosts');
  changeHosts(hosts as string[] | null);
}

function changeHosts(hosts: readonly string[] | null): void {
  const page = trust();
  page.allowedHosts = hosts && Object.freeze([...hosts]);
  for (const look of [...page.listeners]) look();
}

function isHostText(host: unknown): boolean {
  return typeof host === 'string' && isHost(host);
}

/** @throws {QualifioError} `HOST_NOT_ALLOWED` if the page has a list and the host is not on it. */
export function checkHost(host: string): void {
  if (allowedHosts()?.every((allowed) => !isSameHost(allowed, host))) {
    throw configError('HOST_NOT_ALLOWED', `${host} is not in allowedHosts.`);
  }
}

/** Calls `look` after each change of the list, until `signal` is aborted. */
export function watchAllowedHosts(look: () => void, signal: AbortSignal): void {
  const { listeners } = trust();
  listeners.add(look);
  signal.addEventListener('abort', () => listeners.delete(look));
}

/** Where the kit is loaded from. */
export function kitUrl(): string {
  return trust().kitUrl;
}

/** Sets where the kit is loaded from; once a campaign has started, warns and has no effect. */
export function setKitUrl(url: unknown): void {
  trust().setInScript.add('kitUrl');
  takeKitUrl(String(url));
}

function takeKitUrl(url: string): void {
  const page = trust();
  if (!page.isStarted) page.kitUrl = url;
  else if (url !== page.kitUrl) {
    console.warn('QualifioCampaign.kitUrl is ignored: set it before the first campaign starts.');
  }
}

/** Takes the settings of the classic script that is running: the library's own. */
export function takeTag(script: Element): void {
  const { tags, setInScript } = trust();
  const tag = readTag(script);
  tags.push(tag);
  const [url, hosts] = tag;
  if (url && !setInScript.has('kitUrl')) takeKitUrl(url);
  takeHosts(hosts);
}

/** A list that cannot be read must not mean "any host": it is checked when a campaign starts. */
function takeHosts(hosts: string | null): void {
  if (hosts === null || trust().setInScript.has('allowedHosts')) return;
  changeHosts(hosts.split(' ').filter(Boolean));
}

/** Whether the parser may still find a script tag that counts: no campaign starts before. */
export function awaitsTags(): boolean {
  return isParsing() && trust().tags.some(hasSettings);
}

/**
 * Fixes the kit's address, and returns it.
 *
 * @throws {QualifioError} `CONFIG_INVALID` if the address is not Qualifio's, of this origin, or (on a loopback page) of a loopback host.
 */
export function startWithKit(): string {
  const page = trust();
  if (!page.isStarted && !page.tags.some(hasSettings) && scriptsWithSettings().length > 0) {
    console.warn(
      `${urlName} and ${hostsName} count only on the CDN file's classic script: set QualifioCampaign.kitUrl and allowedHosts.`,
    );
  }
  const url = resolveUrl(page.kitUrl, location.href);
  if (!url || !isTrusted(url)) {
    throw configInvalid('QualifioCampaign.kitUrl', `${vendorKitUrl} or an address of this origin`);
  }
  page.isStarted = true;
  return url.href;
}

function isTrusted(url: URL): boolean {
  const isOwn = url.origin === self.origin || isLocal(url);
  return (
    url.href === vendorKitUrl ||
    (isOwn && /^https?:$/.test(url.protocol) && !url.username && !url.password)
  );
}

/**
 * Checks that the page's settings can be trusted: a `srcdoc` frame belongs to a page with this library,
 * and the library's script tags agree and list hosts. A tag with only one of the attributes leaves the other at its default; a tag with
 * neither agrees with every other.
 *
 * @throws {QualifioError} `CONFIG_INVALID`
 */
export function checkPage(): void {
  const page = pageWindow();
  const isOwn = page === self || isLoopback(pageHostname());
  if (!page || !(isOwn || page.customElements.get('qualifio-campaign'))) {
    throw configInvalid('The page', 'a document with a URL, not srcdoc');
  }
  const { tags, allowedHosts } = trust();
  if (tags.length === 0) return;
  const all = [...tags.filter(hasSettings), ...scriptsWithSettings().map(readTag)];
  const [first] = all;
  if (all.some((tag) => JSON.stringify(tag) !== JSON.stringify(first))) {
    const message = `Script tags of qualifio-campaign differ in ${urlName} or ${hostsName}.`;
    throw configError('CONFIG_INVALID', message);
  }
  if (first && !allowedHosts) takeHosts(first[1]);
  const badHost = trust().allowedHosts?.find((host) => !isHost(host));
  if (badHost) throw configInvalid(hostsName, `hosts separated by spaces, not "${badHost}"`);
}

function scriptsWithSettings(): Element[] {
  const selector = `script[${urlName}],script[${hostsName}]`;
  return [self, pageWindow() ?? self].flatMap(({ document }) =>
    [...Document.prototype.querySelectorAll.call(document, selector)].filter(isScript),
  );
}

/** A data block is not a script. */
function isScript(element: Element): boolean {
  return /^($|module$|.*javascript)/i.test((element as HTMLScriptElement).type);
}

function hasSettings(tag: PageTag): boolean {
  return tag.some((value) => value !== null);
}

function readTag(script: Element): PageTag {
  const hosts = script.getAttribute(hostsName);
  return [script.getAttribute(urlName), hosts && hosts.trim().split(/\s+/).sort().join(' ')];
}
