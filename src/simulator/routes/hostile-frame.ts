import { escapeHtml, scriptCalling } from '../browser/html.js';
import { elsewherePage, spoofPage } from '../browser/hostile-pages.js';

const pages = {
  spoof: { run: spoofPage, heading: 'Not the campaign' },
  elsewhere: { run: elsewherePage, heading: 'The campaign’s frame went elsewhere' },
};

/** Answers for frames that are not the campaign. */
export function strangerFrame(which: 'spoof' | 'elsewhere', request: Request): Response {
  const { run, heading } = pages[which];
  const divId = new URL(request.url).searchParams.get('divId') ?? '';
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(heading)}</title>
    <link rel="stylesheet" href="/simulator/campaign.css">
  </head>
  <body>
    <header class="banner">Simulated campaign</header>
    <main>
      <h1>${escapeHtml(heading)}</h1>
      <p><output>No message has reached this page.</output></p>
    </main>
    <script>${scriptCalling(run, { divId })}</script>
  </body>
</html>
`;
  return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
