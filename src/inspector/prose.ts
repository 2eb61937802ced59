import { html, type TemplateResult } from 'lit';

/** Text with code in backticks, as nodes. */
export function prose(text: string): TemplateResult {
  return html`${text
    .split('`')
    .map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))}`;
}
