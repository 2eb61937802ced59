import { liveQueue } from '../page/kit.js';
import { ownMessages } from '../page/message-router.js';
import { CallbackProbe, mostTries, patience, renamed, type Called } from './callback-probe.js';

/** Each tag of a page loads the vendor's script. */
const kitFile = /\/qualp[\w.]*\.js/;

/**
 * Finds out what a second kit on the page does with callbacks: one is registered before it has run, and
 * one after it. Does not need an element that hears the campaign, since a second kit may forget the
 * element's callbacks too.
 *
 * @param onResult called once, with the callbacks that are called. Not called if the page has one kit.
 */
export function watchSecondKit(onResult: (called: Called) => void): void {
  const probe = new CallbackProbe('second-kit');
  let kits = 0;
  let tries = 0;
  const onKit = (): void => {
    if (kits === 2 || !liveQueue()) return;
    kits++;
    probe.register(kits === 1 ? 'first' : 'last');
  };
  const tell = (): void => {
    const { called } = probe;
    if (!called || tries > mostTries) return;
    tries = Infinity;
    onResult(called);
  };
  const onMessage = (event: MessageEvent): void => {
    if (kits < 2 || tries >= mostTries || !event.isTrusted || !isOfCampaign(event.source)) return;
    const name = ownMessages.find((each) => renamed(event.data, each, '') !== null);
    if (!name) return;
    tries++;
    // Not inside the campaign's own message.
    setTimeout(() => {
      probe.repeat(event, name);
      setTimeout(tell, patience);
    });
  };
  onKit();
  document.addEventListener(
    'load',
    ({ target }) => {
      if (target instanceof HTMLScriptElement && kitFile.test(target.src)) onKit();
    },
    { capture: true },
  );
  window.addEventListener('message', onMessage, { capture: true });
}

function isOfCampaign(source: MessageEventSource | null): boolean {
  const frames = document.querySelectorAll<HTMLIFrameElement>(
    '[id^="qualifio_insert_place_"] iframe',
  );
  return [...frames].some(({ contentWindow }) => contentWindow === source);
}
