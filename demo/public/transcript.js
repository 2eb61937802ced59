// @ts-check
import { part } from './event-log.js';

/**
 * @typedef {object} Entry
 * @property {number} time milliseconds since the epoch
 * @property {'to-page' | 'to-frame'} direction
 * @property {string} name
 * @property {string} divId
 * @property {string} [code]
 * @property {{ kind: string, alg: string, secondsLeft?: number }} [token]
 * @property {string} [note]
 */

const directions = { 'to-page': 'campaign → page', 'to-frame': 'page → campaign' };

/** Lists the messages of campaigns since this page began, as the simulator reports them. */
export function startTranscript() {
  const list = document.querySelector('[data-transcript]');
  if (!list) return;
  /** @type {EventSource | null} */
  let stream = null;
  /** @type {Set<string>} */
  const seen = new Set();
  const open = () => {
    stream ??= new EventSource('/transcript/stream');
    stream.onmessage = ({ data }) => {
      /** @type {Entry} */
      const entry = JSON.parse(data);
      // A stream begins with the messages that were recorded before.
      if (entry.time < performance.timeOrigin || seen.has(data)) return;
      seen.add(data);
      list.append(lineOf(entry));
      list.parentElement?.scrollTo({ top: list.parentElement.scrollHeight });
      list.parentElement?.querySelector('[data-log-empty]')?.remove();
    };
  };
  const close = () => {
    stream?.close();
    stream = null;
  };
  // A browser has few connections to one host, and keeps no page in its cache that has one open.
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
}

/** @param {Entry} entry */
function lineOf({ time, direction, name, divId, code, token, note }) {
  const line = document.createElement('li');
  if (code) line.dataset['code'] = code;
  const details = [directions[direction], `campaign ${divId.replace(/\D/g, '')}`];
  if (token) details.push(`${token.kind} ${token.alg}, ${token.secondsLeft ?? '?'} s left`);
  if (code) details.push(code);
  if (note) details.push(note);
  line.append(part('log-time', new Date(time).toLocaleTimeString('en-GB')), ' ');
  line.append(part('log-name', name));
  for (const detail of details) line.append(' ', part('log-detail', detail));
  return line;
}
