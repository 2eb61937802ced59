import { html, type Html } from '../browser/html.js';
import { scriptJson } from '../browser/script-text.js';
import { ownCampaign, type Campaign } from '../model/campaigns.js';

/** Size and style of the simulator's tags, as `createIframe` accepts them. */
export const placing = {
  width: '100%',
  height: '680',
  frameStyle: 'max-width:810px;margin:0 auto;',
} as const;

/** The vendor's tag for a campaign of this simulator. */
export function vendorTag(host: string, { tag, channelId }: Campaign, kitQuery = ''): Html {
  const divId = `qualifio_insert_place_${tag}`;
  const { width, height, frameStyle } = placing;
  // prettier-ignore
  return html`<div id="${divId}" class="qualifio_iframe_wrapper"></div>
<script>
(function (document, window, queue, tag, url) {
  var script = document.createElement(tag), first = document.getElementsByTagName(tag)[0];
  script.async = 1;
  script.src = url;
  first.parentNode.insertBefore(script, first);
  window[queue] = window[queue] || [];
})(document, window, '_qual_async', 'script', ${scriptJson(`//${host}/kit/qualp.2.min.js${kitQuery}`)});
_qual_async.push(['createIframe', '${divId}', ${scriptJson(host)},
  '20', '${channelId}', '${width}', '${height}', '', '', '', '${frameStyle}']);
</script>`;
}

/** What a page needs in addition to the vendor's tag, as the vendor documents it. */
export function handWrittenExchange(endpoint: string): Html {
  // prettier-ignore
  return html`<script>
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
export function elementTag(host: string, endpoint: string): Html {
  // prettier-ignore
  return html`<script defer src="/js/qualifio-campaign.min.js"
  data-kit-url="http://${host}/kit/qualp.2.min.js"></script>
<qualifio-campaign
  campaign-id="${ownCampaign.tag}"
  channel-id="${ownCampaign.channelId}"
  host="${host}"
  auth-endpoint="${endpoint}"
  login-url="/login"
></qualifio-campaign>`;
}
