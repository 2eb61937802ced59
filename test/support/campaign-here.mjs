import { buffer } from 'node:stream/consumers';

/**
 * The simulated campaign on the test page's own origin too, run from src so that its coverage
 * counts. Returns a middleware of the test runner's server.
 */
export function campaignHere(simulator) {
  return async (context, next) => {
    const { method, path, headers, href, query } = context;
    if (!/^\/(simulator|20)\//.test(path)) return next();
    if (path === '/simulator/campaign.js') {
      context.type = 'text/javascript';
      context.body = `import { campaignPage, campaignParts } from '/src/simulator/browser/campaign-page.ts';
      const settings = JSON.parse(document.getElementById('settings').textContent);
      campaignPage(settings, campaignParts);`;
      return;
    }
    // A frame cannot set headers, so a test names the participant's language in its address.
    const language = query.lang ? { 'accept-language': query.lang } : {};
    const init = { method, headers: { ...headers, ...language } };
    if (method === 'POST') init.body = await buffer(context.req);
    const answer = await simulator.fetch(new Request(href, init));
    context.status = answer.status;
    for (const [name, value] of answer.headers) context.set(name, value);
    // A module, which can be imported from src, and which the frame's load event waits for.
    context.body = (await answer.text()).replace('<script src=', '<script type="module" src=');
  };
}
