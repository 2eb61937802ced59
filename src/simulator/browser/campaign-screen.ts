import type { CampaignSettings, UserInfoAnswer } from './campaign-settings.js';
import type { TranscriptEntry } from '../model/transcript.js';

/** What a document of the campaign shows. */
export interface CampaignScreen {
  byId(id: string): HTMLElement;
  /** Shows one step of the document, and announces it. */
  show(step: string): void;
  /** Adds messages to the list below the campaign. */
  list(entries: readonly TranscriptEntry[], reason?: string): void;
  /** Creates the fields of the form, and fills them in. */
  fillForm(form: UserInfoAnswer['form']): void;
}

/** Served as source text, so it must be self-contained. */
export function campaignScreen({ texts }: CampaignSettings): CampaignScreen {
  const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

  const show = (step: string): void => {
    const main = byId('campaign');
    main.dataset['step'] = step;
    for (const section of main.querySelectorAll<HTMLElement>('section[data-step]')) {
      section.hidden = section.dataset['step'] !== step;
    }
    const paragraphs = main.querySelectorAll(`#${step} > p:not([hidden])`);
    const words = [...paragraphs].map(({ textContent }) => textContent).join(' ');
    if (step !== 'welcome') byId('announcer').textContent = words;
    // The frame still has the focus if the previous document had it. If not, the focus is elsewhere on the page.
    if (document.hasFocus()) byId(`${step}-heading`).focus();
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

  return { byId, show, list, fillForm };
}
