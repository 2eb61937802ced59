import { html, nothing, type TemplateResult } from 'lit';
import { errorGuide } from '../error-guide.js';
import { errorPages, type QualifioErrorCode } from '../errors.js';
import { prose } from './prose.js';
import type { SetUpFault } from './set-up-fault.js';
import type { TimelineEntry } from './timeline-entry.js';
import { timeWords, tokenWords } from './timeline-text.js';

const directions: Record<TimelineEntry['direction'], string> = {
  'to-page': 'campaign → page',
  'to-frame': 'page → campaign',
  'from-source': 'endpoint → page',
  element: 'element',
};

/** An unknown code from Qualifio counts as `UNKNOWN`. */
function knownCode(code: string): QualifioErrorCode {
  return Object.hasOwn(errorGuide, code) ? (code as QualifioErrorCode) : 'UNKNOWN';
}

/** The campaign's settings. */
export function factsView(facts: Readonly<Record<string, string>>): TemplateResult {
  return html`<dl>
    ${Object.entries(facts).map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What is wrong with the set-up; nothing if there are no faults. */
export function faultsView(faults: readonly SetUpFault[]): TemplateResult | typeof nothing {
  if (faults.length === 0) return nothing;
  return html`<ul part="faults" class="faults" role="list" aria-label="Set-up">
    ${faults.map(
      ({ id, severity, what, fix }) =>
        html`<li data-fault=${id} class=${severity}>
          <strong>${severity === 'fault' ? 'Fault' : 'Advice'}</strong>
          <span>${prose(what)} ${prose(fix)}</span>
        </li>`,
    )}
  </ul>`;
}

/** One line of the timeline. */
export function entryView(entry: TimelineEntry): TemplateResult {
  const { time, direction, name, status, code, detail, token, isIgnored } = entry;
  const known = code && knownCode(code);
  return html`<li data-direction=${direction} data-name=${name} class=${code ? 'failed' : ''}>
    <time datetime=${new Date(time).toISOString()}>${timeWords(time)}</time>
    <span class="direction">${directions[direction]}</span>
    <span class="what">
      <b>${name}</b>
      ${known ? html`<a href=${`${errorPages}${known}.md`}><code>${code}</code></a>` : nothing}
      ${isIgnored ? html`<em>ignored: not from the campaign’s frame</em>` : nothing}
      ${detail ? html`<span>${detail}</span>` : nothing}
      ${token ? html`<span>${tokenWords(token)}</span>` : nothing}
      ${known ? html`<span class="fix">${prose(errorGuide[known].fix)}</span>` : nothing}
    </span>
    <span class="status">${status ?? ''}</span>
  </li>`;
}
