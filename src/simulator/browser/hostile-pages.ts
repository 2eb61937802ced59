// Pages that are not the campaign: a sibling frame that imitates it, and the foreign page that a
// campaign's frame navigated to.

/** A sibling frame sends `isLoggedIn` under a campaign's div id. Self-contained, served as source. */
export function spoofPage(settings: { divId: string }): void {
  const { divId } = settings;
  const message = { direction: 'to-page', name: 'isLoggedIn', divId };
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ messages: [message] });
  void fetch('/simulator/messages', { method: 'POST', headers, body }).finally(() => {
    parent.postMessage({ 'qualifio-simulator': 1, name: 'isLoggedIn', data: { divId } }, '*');
  });
}

/** A foreign page in the campaign's frame says so when a message reaches it. Self-contained, served as source. */
export function elsewherePage(settings: { divId: string }): void {
  const { divId } = settings;
  addEventListener('message', ({ data: message }: MessageEvent<unknown>) => {
    if (typeof message !== 'object' || message === null) return;
    const { 'qualifio-simulator': version, name } = message as Record<string, unknown>;
    if (version !== 1 || typeof name !== 'string') return;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ messages: [{ direction: 'to-frame', name, divId }] });
    void fetch('/simulator/messages', { method: 'POST', headers, body }).finally(() => {
      const output = document.querySelector('output') as HTMLOutputElement;
      output.dataset['received'] = name;
      output.value = `This page received a message: ${name}`;
    });
  });
}
