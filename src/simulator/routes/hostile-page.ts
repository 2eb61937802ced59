import type { Handler } from 'hono';
import { elsewherePage, spoofPage } from '../browser/hostile-pages.js';
import { html } from '../browser/html.js';
import { scriptCalling } from '../browser/script-text.js';

const pages = {
  spoof: { run: spoofPage, heading: 'Not the campaign' },
  elsewhere: { run: elsewherePage, heading: 'The campaign’s frame navigated elsewhere' },
};

/** Answers with a page that is in a frame and is not the campaign. */
export function hostilePage(which: 'spoof' | 'elsewhere'): Handler {
  const { run, heading } = pages[which];
  return (context) =>
    context.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${heading}</title>
            <link rel="stylesheet" href="/simulator/campaign.css" />
          </head>
          <body>
            <header class="banner">Simulated campaign</header>
            <main>
              <h1>${heading}</h1>
              <p><output>This page has received no message.</output></p>
            </main>
            <script>
              ${scriptCalling(run, { divId: context.req.query('divId') ?? '' })};
            </script>
          </body>
        </html> `,
    );
}
