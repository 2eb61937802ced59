import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A publisher's web site with one page at a time. */
export interface PublisherSite {
  /** An origin of a site other than the campaign's. */
  readonly url: string;
  /** The answer of the site. */
  serve(html: string, headers?: Record<string, string>): void;
  close(): void;
}

export async function publisherSite(): Promise<PublisherSite> {
  let html = '';
  let headers: Record<string, string> = {};
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://www.publisher.localhost:${port}/`,
    serve(nextHtml, nextHeaders = {}) {
      html = nextHtml;
      headers = nextHeaders;
    },
    close: () => void server.close(),
  };
}

/** A JS tag like those in a campaign feed: the kit on the campaign host. */
export function vendorTag(
  host: string,
  { number = '123456', query = '', channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' } = {},
): string {
  return `<div id="qualifio_insert_place_${number}" class="qualifio_iframe_wrapper"></div>
<script>
(function (d, w, q, t, u) {
  var s = d.createElement(t), f = d.getElementsByTagName(t)[0];
  s.async = 1;
  s.src = u;
  f.parentNode.insertBefore(s, f);
  w[q] = w[q] || [];
})(document, window, '_qual_async', 'script', '//${host}/kit/qualp.2.min.js${query}');
_qual_async.push(['createIframe', 'qualifio_insert_place_${number}', '${host}', '20',
  '${channelId}', '100%', '900', '', '', '', 'max-width:810px;margin:0 auto;']);
</script>`;
}

/** The vendor's documented `switch`, which records the case that it reached. */
export const documentedErrors: string = `<script>
window.told = [];
_qual_async.push(['registerChildMessageCallback', 'error', function (error) {
  function tell(branch) {
    told.push(error.divId + ' ' + branch);
  }
  switch (error.code) {
    case 'TOKEN_EXPIRED': tell('case TOKEN_EXPIRED'); break;
    case 'TOKEN_INVALID_FORMAT': tell('case TOKEN_INVALID_FORMAT'); break;
    case 'TOKEN_EMPTY': tell('case TOKEN_EMPTY'); break;
    case 'TOKEN_INVALID_SIGNATURE': tell('case TOKEN_INVALID_SIGNATURE'); break;
    case 'TOKEN_DECRYPTION_FAILED': tell('case TOKEN_DECRYPTION_FAILED'); break;
    case 'UNKNOWN': tell('case UNKNOWN'); break;
    default: tell('default'); break;
  }
}]);
</script>`;

/**
 * A page that answers as the vendor's documentation shows, with tokens of a temporary key.
 *
 * @param host the simulator that tokens come from, or one for each campaign number.
 */
export function handWrittenExchange(
  host: string | Readonly<Record<string, string>>,
  { preLogin = 'true' } = {},
): string {
  return `<script>
window.calls = [];
window.tokenHosts = ${JSON.stringify(host)};
_qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', function (data) {
  _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', ${preLogin}]);
}]);
_qual_async.push(['registerChildMessageCallback', 'isLoggedIn', async function (data) {
  calls.push('isLoggedIn');
  const number = data.divId.replace(/\\D/g, '');
  const host = typeof tokenHosts === 'string' ? tokenHosts : tokenHosts[number];
  const answer = await fetch('//' + host + '/token?campaignId=' + number);
  _qual_async.push(['sendChildMessage', data.divId, 'userInfo', (await answer.json()).token]);
}]);
_qual_async.push(['registerChildMessageCallback', 'error', function (error) {
  calls.push(error.divId + ' ' + error.code);
}]);
</script>`;
}
