import type { CampaignSettings, UserInfoAnswer } from './campaign-settings.js';
import type { TokenErrorCode } from '../model/knob-table.js';
import type { TranscriptEntry } from '../model/transcript.js';

/**
 * One document of the campaign in its frame: what it shows, its messages, the way to the next one.
 *
 * Served as source text, so it uses nothing from outside its own braces. It runs before the document's
 * content exists, so that no button press is missed.
 */
export function campaignPage(settings: CampaignSettings): void {
  type Direction = TranscriptEntry['direction'];
  const { divId, texts, step } = settings;
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  let connected = parent !== window;
  let waitingForToken = false;
  let leaving = false;

  const show = (name: string): void => {
    const main = byId('campaign');
    main.dataset['step'] = name;
    for (const section of main.querySelectorAll<HTMLElement>('section[data-step]')) {
      section.hidden = section.dataset['step'] !== name;
    }
    const told = main.querySelectorAll(`#${name} > p:not([hidden])`);
    const words = [...told].map(({ textContent }) => textContent).join(' ');
    if (name !== 'welcome') byId('announcer').textContent = words;
    // The frame still has the focus if the previous document had it. If not, the focus is elsewhere on the page.
    if (document.hasFocus()) byId(`${name}-heading`).focus();
  };

  const list = (entries: readonly TranscriptEntry[], reason = ''): void => {
    for (const { time, direction, name, code, token, note } of entries) {
      const words = {
        at: new Date(time).toLocaleTimeString('fr'),
        way: direction === 'to-page' ? texts.toPage : texts.toFrame,
        name,
        code,
        token: token && [token.kind, token.alg, token.kid].filter(Boolean).join(' '),
        campaign: token?.campaignId && `${texts.campaign} ${token.campaignId}`,
        left: token?.secondsLeft === undefined ? '' : `${token.secondsLeft} s`,
        why: code === undefined ? '' : reason,
        note,
      };
      const item = document.createElement('li');
      for (const [kind, text] of Object.entries(words)) {
        if (!text) continue;
        const span = document.createElement('span');
        span.className = kind;
        span.textContent = text;
        item.append(...(item.hasChildNodes() ? [' · '] : []), span);
      }
      byId('transcript-list').append(item);
    }
    const count = byId('transcript-list').childElementCount;
    byId('transcript-empty').hidden = count > 0;
    byId('transcript-count').hidden = count === 0;
    byId('transcript-count').textContent = `(${count})`;
  };

  const call = async <T>(path: string, content: object): Promise<T> => {
    const body = JSON.stringify({ ...content, session: settings.session });
    const response = await fetch(`/simulator/${path}${settings.query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      // Outlives `behaviour=navigates`; browsers refuse it for large bodies.
      keepalive: body.length < 10_000,
    });
    return (await response.json()) as T;
  };

  // One at a time, so that the transcript has messages in the order they were sent.
  let latest: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): void => {
    latest = latest.then(work).catch(reportError);
  };
  const unrecorded: { direction: Direction; name: string; divId: string }[] = [];
  const record = (direction: Direction, name: string, of = divId): void => {
    unrecorded.push({ direction, name, divId: of });
    inTurn(async () => {
      const messages = unrecorded.splice(0);
      if (messages.length === 0) return;
      const { entries } = await call<{ entries: TranscriptEntry[] }>('messages', { messages });
      list(entries);
    });
  };

  const post = (name: string, data: unknown): void => {
    if (!connected) return;
    const message = { 'qualifio-simulator': 1, name, data };
    parent.postMessage(message, settings.parentOrigin);
  };
  const send = (name: string, data: unknown = { divId }): void => {
    const named = (data as { divId?: unknown } | null)?.divId;
    record('to-page', name, typeof named === 'string' ? named : divId);
    post(name, data);
  };

  // The vendor's queue inside the frame, for a publisher's own script in the campaign.
  const push = (...commands: unknown[]): number => {
    for (const command of commands) {
      const [verb, name, data] = Array.isArray(command) ? (command as unknown[]) : [];
      if (verb !== 'sendParentMessage' || typeof name !== 'string') continue;
      const hasMembers = typeof data === 'object' || data === undefined;
      send(name, hasMembers ? { divId, ...data } : data);
    }
    return 0;
  };
  const scope = window as unknown as { _qual_async?: unknown };
  const waiting: unknown[] = Array.isArray(scope._qual_async) ? scope._qual_async : [];
  scope._qual_async = Object.assign([], { push });
  push(...waiting);

  // What the vendor's frames send beside the messages of the exchange: text, not JSON.
  const chat = (word: 'loadEvent' | 'mutationObserver'): void => {
    const { scrollHeight } = document.documentElement;
    if (connected) parent.postMessage(`qualifio ${word} ${divId} ${scrollHeight}`, '*');
  };

  // A navigation before the end of a document's load would replace it in the history.
  const loaded = new Promise<void>((resolve) => {
    addEventListener('load', () => setTimeout(resolve));
  });
  const go = (address: string | null): void => {
    if (leaving || address === null) return;
    leaving = true;
    // In order: the next document lists what this one has recorded.
    inTurn(async () => {
      await loaded;
      location.assign(address);
    });
  };

  const flood = (): void => {
    const started = performance.now();
    let sent = 0;
    const next = (): void => {
      // By the clock, since timers in a busy page come late.
      const due = Math.min(1000, Math.ceil(performance.now() - started));
      for (; sent < due; sent++) send('isLoggedIn');
      if (sent < 1000) setTimeout(next, 10);
    };
    next();
  };

  const askForToken = (): void => {
    show('connecting');
    waitingForToken = true;
    if (settings.behaviour === 'floods') flood();
    else send('isLoggedIn');
    if (settings.behaviour === 'navigates') {
      // An answer that arrives before the navigation is ignored: it counts as too late, as the knob promises.
      connected = false;
      void loaded.then(() => location.assign(settings.elsewhere));
    }
    if (settings.behaviour === 'reloads' && !settings.reloaded) {
      connected = false;
      void loaded.then(() => location.replace(`${location.href}&reloaded=1`));
    }
  };

  const fillForm = (form: UserInfoAnswer['form']): void => {
    const fields = byId('form-fields');
    for (const name of new Set(['email', 'firstname', 'lastname', ...Object.keys(form)])) {
      const label = document.createElement('label');
      const input = document.createElement('input');
      const value = form[name];
      input.name = name;
      input.type = name === 'email' ? 'email' : 'text';
      if (['string', 'number', 'boolean'].includes(typeof value)) input.value = String(value);
      label.append(texts.fields[name] ?? name, input);
      fields.append(label);
    }
  };

  const block = (code: TokenErrorCode, reason: string): void => {
    byId('code').textContent = code;
    byId('reason').textContent = reason;
    show('blocked');
    post('error', { divId, code });
  };

  const takeToken = async (token: unknown): Promise<void> => {
    const expected = waitingForToken;
    // A value that is not text may not be JSON either; the server calls both malformed.
    const sent = typeof token === 'string' || token === null || token === undefined ? token : {};
    const content = { divId, token: sent, frame: settings.frame, expected };
    const answer = await call<UserInfoAnswer>('user-info', content).catch(() => null);
    if (answer === null) {
      block('UNKNOWN', 'the simulator does not answer; start it again, and reload the page');
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
    send('requestParticipantAction');
  };

  addEventListener('message', ({ data: message, source }: MessageEvent<unknown>) => {
    if (!connected || source !== parent) return;
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
      record('to-frame', name, String(more['divId']));
      parent.postMessage({ 'qualifio-simulator-recorded': command }, settings.parentOrigin);
    }
    if (version !== 1) return;
    if (name === 'userInfo') {
      inTurn(() => takeToken(data));
      return;
    }
    record('to-frame', name);
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
    chat('loadEvent');
    let observed = false;
    const observer = new ResizeObserver(() => {
      // It is called once for the sizes that it finds.
      if (observed) chat('mutationObserver');
      observed = true;
    });
    for (const part of document.querySelectorAll('section, footer')) observer.observe(part);
    list(settings.entries);
    if (step === 'pre-login') askAboutPreLogin();
    else if (step === 'form') askForToken();
    else show(step);
    if (step !== 'welcome') return;
    byId('alone').hidden = connected;
    if (settings.behaviour === 'spoofs') post('make-spoof', divId);
  };

  // The page is asked after this document's own load event, when everything in the frame has loaded. A
  // page must not rely on that: when the vendor's campaigns ask is not documented.
  addEventListener('load', () => {
    const [navigation] = performance.getEntriesByType('navigation');
    const { type = '' } = (navigation ?? {}) as Partial<PerformanceNavigationTiming>;
    // The session's questions and answers are over.
    if (type === 'back_forward' && step !== 'welcome') location.replace(settings.first);
    else begin();
  });
}
