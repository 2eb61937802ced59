import type { Handler } from 'hono';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { html } from '../browser/html.js';
import type { SimulatorState } from './state.js';

/**
 * Answers with a built file of the package for the simulator's own pages. It is read, not imported:
 * the simulator shares no code with the element.
 */
export function packageFile(path: string): Handler {
  const { resolve } = createRequire(import.meta.url);
  return async (context) => {
    try {
      const file = join(resolve('qualifio-campaign/package.json'), '..', path);
      const type = { 'Content-Type': 'text/javascript; charset=utf-8' };
      return context.body(await readFile(file, 'utf8'), 200, type);
    } catch {
      return context.text(`The package has no ${path}. In its repository, build it first.\n`, 404);
    }
  };
}

/** The page of the configurator's preview, whose script reads the campaign in the hash. */
export function previewPage({ settings }: SimulatorState): Handler {
  const endpoint = settings.verificationKey.throwAway ? html`data-endpoint="/token"` : '';
  return (context) => {
    const { host, origin } = new URL(context.req.url);
    return context.html(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>Preview of the campaign</title>
            <link rel="icon" href="data:," />
            <link rel="stylesheet" href="/simulator/campaign.css" />
          </head>
          <body>
            <div data-campaign-preview="${host}" ${endpoint}></div>
            <script
              src="/simulator/qualifio-campaign.min.js"
              data-kit-url="${origin}/kit/qualp.2.min.js"
            ></script>
            <script src="/simulator/configurator.js"></script>
          </body>
        </html>`,
    );
  };
}
