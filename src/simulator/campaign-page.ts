import type { CampaignTexts } from './campaign-texts.js';
import type { FrameKnobs, TokenErrorCode } from './knobs.js';
import type { TranscriptEntry } from './transcript.js';

/** What the server puts into a campaign's page. */
export interface CampaignSettings {
  readonly divId: string;
  /** The parent page's origin, as the kit gave it. */
  readonly parentOrigin: string;
  readonly texts: CampaignTexts;
  readonly behaviour: FrameKnobs['behaviour'];
  readonly afterError: FrameKnobs['afterError'];
  /** The page's own query, which the verification reads its knobs from. */
  readonly query: string;
  /** Where `behaviour=navigates` leads. */
  readonly elsewhere: string;
  /** Milliseconds to wait for the answer about the pre-login screen. */
  readonly patience: number;
  /** This is the second load of `behaviour=reloads`. */
  readonly reloaded: boolean;
}

/** The server's answer to a token. */
export interface UserInfoAnswer {
  readonly code: TokenErrorCode | null;
  readonly reason: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly entries: readonly TranscriptEntry[];
}

/**
 * The campaign in its frame: steps, messages, form.
 *
 * Served as source text, so it uses nothing from outside its own braces.
 */
export function campaignPage(settings: CampaignSettings): void {
  type Direction = TranscriptEntry['direction'];
  const { divId, texts } = settings;
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
  const main = byId('campaign');
  let connected = parent !== window;
  let waitingForToken = false;
  let tokens = 0;
  let answeredRight = false;

  const show = (step: string): void => {
    main.dataset['step'] = step;
    for (const section of main.querySelectorAll<HTMLElement>('section[data-step]')) {
      section.hidden = section.dataset['step'] !== step;
    }
    const told = main.querySelectorAll(`#${step} > p:not([hidden])`);
    byId('announcer').textContent = [...told].map(({ textContent }) => textContent).join(' ');
    byId(`${step}-heading`).focus();
  };

  const list = (entries: readonly TranscriptEntry[], reason = ''): void => {
    for (const { time, direction, name, code, token } of entries) {
      const words = {
        at: new Date(time).toLocaleTimeString('fr'),
        way: direction === 'to-page' ? texts.toPage : texts.toFrame,
        name,
        code,
        token: token && [token.kind, token.alg, token.kid].filter(Boolean).join(' '),
        left: token?.secondsLeft === undefined ? '' : `${token.secondsLeft} s`,
        why: code === undefined ? '' : reason,
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

  const call = async <T>(path: string, content: unknown): Promise<T> => {
    const body = JSON.stringify(content);
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
  const record = (direction: Direction, name: string): void => {
    unrecorded.push({ direction, name, divId });
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
  const send = (name: string): void => {
    record('to-page', name);
    post(name, { divId });
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
      // An answer that beats the navigation finds nobody: it comes too late, as the knob promises.
      connected = false;
      location.assign(settings.elsewhere);
    }
    if (settings.behaviour === 'reloads' && !settings.reloaded) {
      connected = false;
      location.replace(`${location.pathname}${location.search}&reloaded=1`);
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
    if (expected) tokens += 1;
    // What is no text need not be JSON either; the server calls it malformed all the same.
    const sent = typeof token === 'string' || token === null || token === undefined ? token : {};
    const content = { divId, token: sent, nth: tokens, expected };
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
      else askForToken();
    };
    answerAction = settle;
    const timer = setTimeout(() => settle(false), settings.patience);
    send('requestParticipantAction');
  };

  addEventListener('message', ({ data: message, source }: MessageEvent<unknown>) => {
    if (!connected || source !== parent) return;
    if (typeof message !== 'object' || message === null) return;
    const { 'qualifio-simulator': version, name, data } = message as Record<string, unknown>;
    if (version !== 1 || typeof name !== 'string') return;
    if (name === 'userInfo') {
      inTurn(() => takeToken(data));
      return;
    }
    record('to-frame', name);
    if (name === 'requestParticipantAction') answerAction(data === true);
  });

  byId('start').addEventListener('click', () => show('question'));
  for (const [index, answer] of main.querySelectorAll('button.answer').entries()) {
    answer.addEventListener('click', () => {
      answeredRight = index === 0;
      askAboutPreLogin();
    });
  }
  byId('continue').addEventListener('click', askForToken);
  byId('participant').addEventListener('submit', (event) => {
    event.preventDefault();
    byId('result').textContent = answeredRight ? texts.right : texts.wrong;
    show('exit');
  });
  byId('again').addEventListener('click', () => {
    const url = new URL(location.href);
    url.searchParams.delete('reloaded');
    location.replace(url);
  });
  byId('alone').hidden = connected;
  if (settings.behaviour === 'spoofs') post('make-spoof', divId);
  if (settings.reloaded) askForToken();
}
