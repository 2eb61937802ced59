import { html, nothing, type TemplateResult } from 'lit';
import type { FoundCampaign } from './pasted-text.js';
import type { Output } from './output.js';

/** A choice between a few words, as radio buttons. */
export function choiceView<Value extends string>(
  legend: string,
  choices: Readonly<Record<Value, string>>,
  chosen: Value,
  onChoose: (value: Value) => void,
): TemplateResult {
  const entries = Object.entries<string>(choices) as [Value, string][];
  return html`<fieldset class="choice">
    <legend>${legend}</legend>
    ${entries.map(
      ([value, label]) =>
        html`<label>
          <input
            type="radio"
            name=${legend}
            .checked=${value === chosen}
            @change=${() => onChoose(value)}
          />${label}
        </label>`,
    )}
  </fieldset>`;
}

/** A choice between many words, by their group. */
export function selectView(
  label: string,
  groups: Readonly<Record<string, readonly string[]>>,
  chosen: number,
  onChoose: (index: number) => void,
): TemplateResult {
  let index = 0;
  const option = (text: string): TemplateResult => {
    const value = index++;
    return html`<option value=${value} ?selected=${value === chosen}>${text}</option>`;
  };
  const choose = ({ target }: Event): void => onChoose(Number((target as HTMLSelectElement).value));
  return html`<label class="field">
    ${label}
    <select @change=${choose}>
      ${Object.entries(groups).map(([group, texts]) =>
        group === ''
          ? texts.map(option)
          : html`<optgroup label=${group}>${texts.map(option)}</optgroup>`,
      )}
    </select>
  </label>`;
}

/** A text that is typed, with what it is for, and what is wrong with it. */
export function fieldView(
  id: string,
  { label, hint, value, mistake }: FieldTexts,
  onInput: (value: string) => void,
): TemplateResult {
  const input = ({ target }: Event): void => onInput((target as HTMLInputElement).value.trim());
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      .value=${value}
      spellcheck="false"
      autocomplete="off"
      aria-invalid=${mistake ? 'true' : 'false'}
      aria-describedby="${id}-hint"
      @input=${input}
    />
    <p id="${id}-hint" class=${mistake ? 'mistake' : 'hint'}>${mistake ?? hint}</p>
  </div>`;
}

interface FieldTexts {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly mistake: string | undefined;
}

/** What was read, as a list of terms. */
export function readingView(campaign: FoundCampaign, tokenCampaignId: string): TemplateResult {
  const rows: [term: string, value: string][] = [
    ['Campaign', campaign.title],
    ['Tag number', campaign.campaignId],
    ['Channel GUID', campaign.channelId],
    ['Host', campaign.host],
    ['Campaign ID', tokenCampaignId || 'not in the tag: see the option below'],
    ['Size', [campaign.width, campaign.height].filter(Boolean).join(' × ')],
    ['Style of the frame', campaign.frameStyle],
  ];
  return html`<dl>
    ${rows
      .filter(([, value]) => value !== '')
      .map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

/** Code with a button that copies it. */
export function outputView(
  { name, code, note }: Output,
  isCopied: boolean,
  onCopy: (code: HTMLElement) => void,
): TemplateResult {
  const copy = ({ currentTarget }: Event): void => {
    const pre = (currentTarget as HTMLElement).closest('figure')?.querySelector('pre');
    if (pre) onCopy(pre);
  };
  const word = isCopied ? 'Copied' : 'Copy';
  return html`<figure>
    <figcaption>
      <span>${name}</span>
      <button type="button" aria-label="${word}: ${name}" @click=${copy}>${word}</button>
    </figcaption>
    <pre tabindex="0" role="region" aria-label=${name}>${code}</pre>
    ${note ? html`<p class="hint">${note}</p>` : nothing}
  </figure>`;
}
