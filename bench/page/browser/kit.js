// A stand-in for Qualifio's kit, written for measurements from the documented queue. Not Qualifio's
// code: that is not public. The same file serves every variant. It reports when a frame was created
// and loaded, and passes each message to every callback that is registered for its name, so that a
// page with many campaigns must choose who answers.
(() => {
  window.kitExecutions = (window.kitExecutions ?? 0) + 1;
  if (window.kitExecutions > 1) return;
  const created = (window.framesCreated = []);
  const loaded = (window.framesLoaded = []);
  const callbacks = {};
  const commands = {
    createIframe(divId, host, product, channelId, width, height, _a, _b, _c, style) {
      const div = document.getElementById(divId);
      if (!div || div.querySelector('iframe')) return;
      const frame = document.createElement('iframe');
      frame.id = divId.replace('qualifio_insert_place_', 'qualifio');
      frame.className = 'qualifio_iframe_tag';
      frame.width = width;
      frame.height = height;
      frame.style.cssText = `border:0;${style}`;
      frame.onload = () => loaded.push(performance.now());
      frame.src = `//${host}/${product}/${channelId}/v1.cfm?id=${channelId}&divId=${divId}`;
      div.append(frame);
      created.push(performance.now());
    },
    registerChildMessageCallback(name, callback) {
      (callbacks[name] ??= []).push(callback);
    },
    sendChildMessage(divId, name, data) {
      const frame = document.getElementById(divId)?.querySelector('iframe');
      frame?.contentWindow.postMessage({ kit: name, data }, new URL(frame.src).origin);
    },
  };
  const run = ([name, ...values]) => commands[name]?.(...values);
  const queue = (window._qual_async ??= []);
  queue.push = (command) => void run(command);
  queue.splice(0).forEach(run);
  window.addEventListener('message', ({ data }) => {
    for (const callback of callbacks[data?.kit] ?? []) callback(data.data);
  });
})();
