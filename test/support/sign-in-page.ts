import type { QualifioSignIn, SignInCampaign } from '../../src/sign-in/index.js';
import { kitUrl, type OwnPage } from './own-page.js';
import { Puppet, stageHost } from './stage.js';
import { eventually } from './watch.js';

/** The id of a tag's div. */
export const divIdOf = (id: string): string => `qualifio_insert_place_${id}`;

/** The library's module for pages with tags, without the setting that it needs. */
export const signInScript: string = '<script type="module" src="/src/sign-in/index.ts"></script>';

/** The vendor's tag, as it hands it out, for a frame that the test controls. */
export function runningTag(
  id: string,
  { knobs = {}, host = stageHost }: { knobs?: Record<string, string>; host?: string } = {},
): string {
  const guid = `00000000-0000-0000-0000-${id.padStart(12, '0')}`;
  return `<div id="${divIdOf(id)}" class="qualifio_iframe_wrapper"></div>
    <script type="text/javascript">
    (function(b,o,n,u,s){
    var a,t;a=b.createElement(u);
    a.async=1;a.src=s;t=b.getElementsByTagName(u)[0];
    t.parentNode.insertBefore(a,t);o[n]=o[n]||[]})
    (document,window,'_qual_async','script','${kitUrl(knobs)}');
    _qual_async.push(['createIframe', '${divIdOf(id)}', '${host}',
    '20', '${guid}', '100%', '400', '', '', '', 'max-width:810px;margin:0 auto;']);
    </script>`;
}

/** The page's one line, with its script. */
export function signInLine(url: string, attributes = ''): string {
  return `<script type="module">
      import { QualifioSignIn } from '/src/sign-in/index.ts';
      QualifioSignIn.allowedHosts = ['${stageHost}'];
    </script><qualifio-sign-in auth-endpoint="${url}" ${attributes}></qualifio-sign-in>`;
}

/** Adds markup to a page, and runs its scripts, as a page does that inserts a tag later. */
export function insert({ document }: OwnPage, html: string): void {
  document.body.append(document.createRange().createContextualFragment(html));
}

/** The page's element. */
export function signInOf({ document }: OwnPage): QualifioSignIn {
  return document.querySelector('qualifio-sign-in')!;
}

/** A campaign of a tag, once its frame has loaded and the element knows it. */
export async function campaignOfTag(page: OwnPage, id: string): Promise<SignInCampaign> {
  const known = (): SignInCampaign | undefined =>
    signInOf(page)?.campaigns?.find(({ campaignId }) => campaignId === id);
  await eventually(() => known() && !['idle', 'loading'].includes(known()!.status));
  return known()!;
}

/** Controls the frame of a tag, once it has loaded and the element knows it. */
export async function puppetOfTag(page: OwnPage, id: string): Promise<Puppet> {
  return new Puppet((await campaignOfTag(page, id)).frame!);
}
