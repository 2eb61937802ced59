import { escapeHtml, scriptJson } from './html.js';
import type { SimulatorState } from './state.js';

const channel = '7E57C0DE-0000-4000-8000-000000000001';
const divId = 'qualifio_insert_place_123456';

/** The simulator's own first page: the vendor's tag and exchange, written by hand, at work. */
export function firstPage(state: SimulatorState, request: Request): Response {
  const { host } = new URL(request.url);
  const withToken = state.settings.verificationKey.throwAway !== undefined;
  const tag = vendorTag(host);
  const exchange = withToken ? handWrittenExchange : '';
  const links = ['/transcript', '/kit/qualp.2.min.js', ...(withToken ? tokenLinks : [])];
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Simulated campaign</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/simulator/campaign.css">
    <style>main { max-width: calc(810px + 2rem) } li { margin: .25rem 0 }</style>
  </head>
  <body>
    <main>
      <h1>Qualifio’s side, simulated</h1>
      <p>${withToken ? playable : unanswered}</p>
      ${tag}
      ${exchange}
      <h2>Put it into your page</h2>
      <p>The same tag, as it stands above; any GUID is a campaign.</p>
      <pre tabindex="0">${escapeHtml(tag)}</pre>
      <h2>Addresses</h2>
      <ul>${links.map((link) => `<li><a href="${link}"><code>${link}</code></a></li>`).join('')}</ul>
    </main>
  </body>
</html>
`;
  return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

const tokenLinks = ['/jwks.json', '/token?campaignId=123456'];
const playable =
  'This page holds the vendor’s tag and answers the campaign with a token of a throw-away key. Play it; the messages are listed below it.';
const unanswered =
  'This page holds the vendor’s tag alone. Tokens are checked with your key, so only your own page can answer the campaign at its form.';

function vendorTag(host: string): string {
  return `<div id="${divId}" class="qualifio_iframe_wrapper"></div>
<script>
(function (document, window, queue, tag, url) {
  var script = document.createElement(tag), first = document.getElementsByTagName(tag)[0];
  script.async = 1;
  script.src = url;
  first.parentNode.insertBefore(script, first);
  window[queue] = window[queue] || [];
})(document, window, '_qual_async', 'script', ${scriptJson(`//${host}/kit/qualp.2.min.js`)});
_qual_async.push(['createIframe', '${divId}', ${scriptJson(host)},
  '20', '${channel}', '100%', '640', '', '', '', 'max-width:810px;margin:0 auto;']);
</script>`;
}

const handWrittenExchange = `<script>
_qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', function (data) {
  _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', true]);
}]);
_qual_async.push(['registerChildMessageCallback', 'isLoggedIn', function (data) {
  fetch('/token?campaignId=' + data.divId.replace(/\\D/g, ''))
    .then(function (response) { return response.json(); })
    .then(function (answer) {
      _qual_async.push(['sendChildMessage', data.divId, 'userInfo', answer.token]);
    });
}]);
</script>`;
