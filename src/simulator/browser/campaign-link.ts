import type { CampaignScreen } from './campaign-screen.js';
import type { CampaignSettings, UserInfoAnswer } from './campaign-settings.js';
import type { TranscriptEntry } from '../model/transcript.js';

type Direction = TranscriptEntry['direction'];

/** Connects a document of the campaign with the page around it, and with the simulator. */
export interface CampaignLink {
  /** Whether the campaign is inside a page. */
  isConnected(): boolean;
  /** Ends the passing of messages in both directions. */
  disconnect(): void;
  /** Runs work after all work in progress, so that the transcript is in order. */
  inTurn(work: () => Promise<unknown>): void;
  /** Adds a message to the transcript. */
  record(direction: Direction, name: string, of?: string): void;
  /** Sends the page a message. */
  post(name: string, data: unknown): void;
  /** Sends the page a message, and adds it to the transcript. */
  send(name: string, data?: unknown): void;
  /**
   * Sends the page text, not JSON, as the vendor's frames do besides the messages of the exchange.
   */
  chat(word: 'loadEvent' | 'mutationObserver'): void;
  /** Has a token verified. `null` if the simulator does not answer. */
  verify(token: unknown, expected: boolean): Promise<UserInfoAnswer | null>;
}

/** Served as source text, so it must be self-contained. */
export function campaignLink(
  settings: CampaignSettings,
  list: CampaignScreen['list'],
): CampaignLink {
  const { divId } = settings;
  let connected = parent !== window;

  const call = async <T>(path: string, content: object): Promise<T> => {
    const body = JSON.stringify({ ...content, session: settings.session });
    const response = await fetch(`/simulator/${path}${settings.query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      // Continues after `behaviour=navigates`; browsers refuse it for large bodies.
      keepalive: body.length < 10_000,
    });
    return (await response.json()) as T;
  };

  let latest: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>): void => {
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

  // The vendor's queue inside the frame, for a publisher's script in the campaign.
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

  return {
    isConnected: () => connected,
    disconnect: () => {
      connected = false;
    },
    inTurn,
    record,
    post,
    send,
    chat: (word) => {
      const { scrollHeight } = document.documentElement;
      if (connected) parent.postMessage(`qualifio ${word} ${divId} ${scrollHeight}`, '*');
    },
    verify: (token, expected) => {
      // A value that is not text may be impossible to write as JSON. The server reports both as
      // malformed.
      const sent = typeof token === 'string' || token === null || token === undefined ? token : {};
      const content = { divId, token: sent, frame: settings.frame, expected };
      return call<UserInfoAnswer>('user-info', content).catch(() => null);
    },
  };
}
