import { campaignLink } from './campaign-link.js';
import { campaignScreen } from './campaign-screen.js';
import type { CampaignSettings } from './campaign-settings.js';
import type { TokenErrorCode } from '../model/knob-table.js';

/** Functions that the page uses. It receives them as values, since it is served without imports. */
export interface CampaignParts {
  readonly screen: typeof campaignScreen;
  readonly link: typeof campaignLink;
}

export const campaignParts: CampaignParts = { screen: campaignScreen, link: campaignLink };

/**
 * One document of the campaign in its frame: what happens in it, and the way to the next one.
 *
 * Served as source text, so it must be self-contained. It runs before the document's content
 * exists, so that no button press is missed.
 */
export function campaignPage(settings: CampaignSettings, parts: CampaignParts): void {
  const { divId, step } = settings;
  const { byId, show, list, fillForm } = parts.screen(settings);
  const link = parts.link(settings, list);
  let waitingForToken = false;
  let leaving = false;

  // A navigation before the end of a document's load would replace it in the history.
  const loaded = new Promise<void>((resolve) => {
    addEventListener('load', () => setTimeout(resolve));
  });
  const go = (address: string | null): void => {
    if (leaving || address === null) return;
    leaving = true;
    // In order: the next document lists the entries of this one.
    link.inTurn(async () => {
      await loaded;
      location.assign(address);
    });
  };

  const flood = (): void => {
    const started = performance.now();
    let sent = 0;
    const next = (): void => {
      // By the clock, since timers in a busy page are late.
      const due = Math.min(1000, Math.ceil(performance.now() - started));
      for (; sent < due; sent++) link.send('isLoggedIn');
      if (sent < 1000) setTimeout(next, 10);
    };
    next();
  };

  const askForToken = (): void => {
    show('connecting');
    waitingForToken = true;
    if (settings.behaviour === 'floods') flood();
    else link.send('isLoggedIn');
    if (settings.behaviour === 'navigates') {
      // An answer that arrives before the navigation is ignored: with this knob, every answer is
      // too late.
      link.disconnect();
      void loaded.then(() => location.assign(settings.elsewhere));
    }
    if (settings.behaviour === 'reloads' && !settings.reloaded) {
      link.disconnect();
      void loaded.then(() => location.replace(`${location.href}&reloaded=1`));
    }
  };

  const block = (code: TokenErrorCode, reason: string): void => {
    byId('code').textContent = code;
    byId('reason').textContent = reason;
    show('blocked');
    link.post('error', { divId, code });
  };

  const takeToken = async (token: unknown): Promise<void> => {
    const expected = waitingForToken;
    const answer = await link.verify(token, expected);
    if (answer === null) {
      block('UNKNOWN', 'the simulator does not answer; restart it and reload the page');
      return;
    }
    list(answer.entries, answer.reason);
    if (!expected || !waitingForToken) return;
    if (answer.code === null) {
      waitingForToken = false;
      fillForm(answer.form);
      show('form');
      if (settings.submit === 'auto') (byId('participant') as HTMLFormElement).requestSubmit();
      return;
    }
    if (settings.afterError === 'blocked') waitingForToken = false;
    block(answer.code, answer.reason);
  };

  let answerAction = (_show: boolean): void => undefined;
  const askAboutPreLogin = (): void => {
    show('checking');
    const settle = (wanted: boolean): void => {
      clearTimeout(timer);
      answerAction = () => undefined;
      if (wanted) show('pre-login');
      else go(settings.next);
    };
    answerAction = settle;
    const timer = setTimeout(() => settle(false), settings.patience);
    link.send('requestParticipantAction');
  };

  addEventListener('message', ({ data: message, source }: MessageEvent<unknown>) => {
    if (!link.isConnected() || source !== parent) return;
    // The kit also sends plain text.
    if (typeof message !== 'object' || message === null) return;
    const {
      'qualifio-simulator': version,
      name,
      data,
      ...more
    } = message as Record<string, unknown>;
    if (typeof name !== 'string') return;
    const command = more['qualifio-simulator-command'];
    if (command !== undefined) {
      link.record('to-frame', name, String(more['divId']));
      parent.postMessage({ 'qualifio-simulator-recorded': command }, settings.parentOrigin);
    }
    if (version !== 1) return;
    if (name === 'userInfo') {
      link.inTurn(() => takeToken(data));
      return;
    }
    link.record('to-frame', name);
    if (name === 'requestParticipantAction') answerAction(data === true);
  });

  const right = (): string => `${settings.next}&right=1`;
  const onPress: Readonly<Record<string, () => void>> = {
    '#start': () => go(settings.next),
    '#question li:first-child .answer': () => go(right()),
    '#question li:not(:first-child) .answer': () => go(settings.next),
    '#continue': () => go(settings.next),
    '#again': () => go(settings.first),
  };
  document.addEventListener('click', ({ target }) => {
    for (const [button, press] of Object.entries(onPress)) {
      if (target instanceof Element && target.closest(button)) press();
    }
  });
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    go(settings.next);
  });

  const begin = (): void => {
    link.chat('loadEvent');
    let observed = false;
    const observer = new ResizeObserver(() => {
      // The first call only reports the initial sizes.
      if (observed) link.chat('mutationObserver');
      observed = true;
    });
    for (const part of document.querySelectorAll('section, footer')) observer.observe(part);
    list(settings.entries);
    if (step === 'pre-login') askAboutPreLogin();
    else if (step === 'form') askForToken();
    else show(step);
    if (step !== 'welcome') return;
    byId('alone').hidden = link.isConnected();
    if (settings.behaviour === 'spoofs') link.post('make-spoof', divId);
  };

  // The campaign asks after this document's load event, when everything in the frame has loaded. A
  // page must not rely on this: when the vendor's campaigns ask is not documented.
  addEventListener('load', () => {
    const [navigation] = performance.getEntriesByType('navigation');
    const { type = '' } = (navigation ?? {}) as Partial<PerformanceNavigationTiming>;
    // The session is over, with its questions and answers.
    if (type === 'back_forward' && step !== 'welcome') location.replace(settings.first);
    else begin();
  });
}
