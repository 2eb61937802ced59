import { css, type CSSResult } from 'lit';

/** The colors are those of the page, if it has them. */
export const styles: CSSResult = css`
  :host {
    display: block;
    container-type: inline-size;
    --_accent: var(--accent, LinkText);
    --_quiet: var(--muted, var(--quiet, CanvasText));
    --_box: var(--sheet, var(--card, Canvas));
    --_line: color-mix(in srgb, currentColor 22%, transparent);
    --_bad: var(--problem, var(--bad, light-dark(#a2140c, #ffaca3)));
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  section {
    padding-block: 1.5rem;
    border-block-start: 1px solid var(--_line);
  }
  section:first-child {
    padding-block-start: 0;
    border: 0;
  }
  h3,
  h4 {
    margin: 0 0 0.75rem;
    font-family: var(--configurator-heading-font, inherit);
    font-size: 1.2rem;
    line-height: 1.3;
  }
  h4 {
    margin-block: 1.75rem 0.75rem;
    font-size: 1.05rem;
  }
  p {
    margin: 0 0 0.75rem;
  }
  .hint {
    margin: 0.25rem 0 0;
    color: var(--_quiet);
    font-size: 0.875rem;
  }
  .mistake {
    margin: 0.25rem 0 0;
    color: var(--_bad);
    font-size: 0.9375rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .options .choice {
    margin: 0;
  }
  .options {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr));
    gap: 1.1rem 1.5rem;
    align-items: start;
  }
  .field,
  .options label {
    display: block;
    font-weight: 600;
  }
  .field > .hint {
    font-weight: 400;
  }
  input:not([type='radio'], [type='checkbox']),
  select,
  textarea {
    display: block;
    width: 100%;
    min-height: 2.75rem;
    margin-block-start: 0.25rem;
    padding: 0.5rem 0.65rem;
    border: 1px solid var(--_quiet);
    border-radius: 4px;
    background: var(--_box);
    color: inherit;
    font: inherit;
    font-weight: 400;
  }
  textarea,
  pre {
    font:
      0.8125rem/1.5 ui-monospace,
      'DejaVu Sans Mono',
      monospace;
  }
  textarea {
    min-height: 9rem;
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--_bad) !important;
    outline-color: var(--_bad);
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 0.25rem;
    font-weight: 600;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .choice legend {
    float: inline-start;
    width: 100%;
  }
  .choice label {
    display: flex;
    gap: 0.4rem;
    align-items: center;
    min-height: 2.5rem;
    padding: 0.25rem 0.75rem 0.25rem 0.6rem;
    border: 1px solid var(--_line);
    border-radius: 4px;
    background: var(--_box);
    font-weight: 400;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    font-weight: 600;
  }
  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  dl {
    display: grid;
    gap: 0.35rem;
    margin: 1rem 0 0;
    padding: 0.85rem 1rem;
    border-inline-start: 4px solid var(--_accent);
    background: var(--_box);
    font-size: 0.9375rem;
  }
  dl div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
  }
  dt {
    flex: none;
    min-width: 9rem;
    color: var(--_quiet);
  }
  dd {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
    margin-block-start: 0.75rem;
  }
  button {
    flex: none;
    min-height: 2.5rem;
    padding: 0.4rem 1rem;
    border: 1px solid var(--_accent);
    border-radius: 4px;
    background: none;
    color: var(--_accent);
    font: inherit;
    cursor: pointer;
  }
  figcaption button {
    min-height: 2rem;
    padding: 0.15rem 0.75rem;
  }
  button.first {
    background: var(--_accent);
    color: var(--on-accent, Canvas);
  }
  figure {
    margin: 1rem 0 0;
  }
  figcaption {
    display: flex;
    gap: 1rem;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 0.35rem;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  figcaption span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  pre {
    max-height: 24rem;
    margin: 0;
    padding: 0.85rem 1rem;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: 4px;
    background: var(--_box);
    tab-size: 2;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .choice + .choice {
    margin-block-start: 1rem;
  }
  iframe {
    display: block;
    width: 100%;
    height: 46rem;
    margin-block-start: 1rem;
    border: 1px solid var(--_line);
    border-radius: 4px;
  }
  iframe.narrow {
    max-width: 320px;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  [role='status'] {
    color: var(--_quiet);
    font-size: 0.9375rem;
  }
  [role='status']:empty,
  [role='alert']:empty {
    display: none;
  }
`;
