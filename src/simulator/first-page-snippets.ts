import { scriptJson } from './html.js';

const channel = '7E57C0DE-0000-4000-8000-000000000001';
const divId = 'qualifio_insert_place_123456';

/** The vendor's tag for this simulator. */
export function vendorTag(host: string, kitQuery: string): string {
  return `<div id="${divId}" class="qualifio_iframe_wrapper"></div>
<script>
(function (document, window, queue, tag, url) {
  var script = document.createElement(tag), first = document.getElementsByTagName(tag)[0];
  script.async = 1;
  script.src = url;
  first.parentNode.insertBefore(script, first);
  window[queue] = window[queue] || [];
})(document, window, '_qual_async', 'script', ${scriptJson(`//${host}/kit/qualp.2.min.js${kitQuery}`)});
_qual_async.push(['createIframe', '${divId}', ${scriptJson(host)},
  '20', '${channel}', '100%', '680', '', '', '', 'max-width:810px;margin:0 auto;']);
</script>`;
}

/** What a page with the vendor's tag needs beside it, as the vendor documents it. */
export function handWrittenExchange(endpoint: string): string {
  return `<script>
_qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', function (data) {
  _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', true]);
}]);
_qual_async.push(['registerChildMessageCallback', 'isLoggedIn', function (data) {
  fetch(${scriptJson(endpoint)} + '?campaignId=' + data.divId.replace(/\\D/g, ''))
    .then(function (response) { return response.json(); })
    .then(function (answer) {
      _qual_async.push(['sendChildMessage', data.divId, 'userInfo', answer.token]);
    });
}]);
_qual_async.push(['registerChildMessageCallback', 'error', function (error) {
  document.getElementById('campaign-error').textContent = 'Not accepted: ' + error.code;
}]);
</script>
<p id="campaign-error" role="alert"></p>`;
}

/** The same with the element, which needs no script. */
export function elementTag(host: string, endpoint: string): string {
  return `<script defer src="/js/qualifio-campaign.min.js"
  data-kit-url="http://${host}/kit/qualp.2.min.js"></script>
<qualifio-campaign
  campaign-id="123456"
  channel-id="${channel}"
  host="${host}"
  auth-endpoint="${endpoint}"
  login-url="/login"
></qualifio-campaign>`;
}
