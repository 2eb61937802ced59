// @ts-check
// A stand-in for Qualifio's kit that asks for the participant as soon as a frame has loaded, so that
// the gallery needs no one to play. No page of a publisher does this.

/** @type {Map<string, ((data: { divId: string, code?: string }) => void)[]>} */
const callbacks = new Map();
let isAsked = false;

/** @param {string} name @param {{ divId: string, code?: string }} data */
function call(name, data) {
  for (const callback of callbacks.get(name) ?? []) callback(data);
}

/** @param {any[]} command */
function run([action, divId, ...values]) {
  if (action === 'registerChildMessageCallback') {
    callbacks.set(divId, [...(callbacks.get(divId) ?? []), values[0]]);
  }
  // A token of the gallery is never right.
  if (action === 'sendChildMessage' && values[0] === 'userInfo') {
    setTimeout(() => call('error', { divId, code: 'TOKEN_EXPIRED' }));
  }
  if (action !== 'createIframe') return;
  const [host, folder, channelId, width, height] = values;
  const frame = document.createElement('iframe');
  frame.src = `//${host}/${folder}/${channelId}/v1.cfm?id=${channelId}`;
  Object.assign(frame, { width, height, className: 'qualifio_iframe_tag' });
  frame.style.border = '0';
  frame.addEventListener('load', () => {
    if (isAsked) return;
    isAsked = true;
    // By then the page may have removed the frame.
    setTimeout(() => frame.isConnected && call('isLoggedIn', { divId }));
  });
  document.getElementById(divId)?.append(frame);
}

const page = /** @type {{ _qual_async?: any }} */ (/** @type {unknown} */ (window));
const queued = page._qual_async ?? [];
page._qual_async = { push: run };
for (const command of queued) run(command);
