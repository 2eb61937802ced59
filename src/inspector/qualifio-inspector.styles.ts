import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    container-type: inline-size;
    color: CanvasText;
    background: Canvas;
    border: 1px solid color-mix(in srgb, CanvasText 25%, Canvas);
    border-radius: 0.5rem;
    font: 0.875rem/1.45 system-ui;
    text-align: start;
    --_quiet: color-mix(in srgb, CanvasText 68%, Canvas);
    --_line: color-mix(in srgb, CanvasText 12%, Canvas);
    --_alarm: light-dark(#b3261e, #ffb4ab);
  }
  :host([hidden]) {
    display: none;
  }
  header,
  dl,
  footer,
  section > p {
    margin: 0;
    padding: 0.625rem 0.875rem;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75rem;
  }
  h2 {
    margin: 0;
    font-size: 1rem;
  }
  header .status {
    padding: 0 0.5rem;
    border: 1px solid currentColor;
    border-radius: 1rem;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) 1fr;
    gap: 0.125rem 0.75rem;
    padding-block-start: 0;
  }
  dl div {
    display: contents;
  }
  dt,
  time,
  .direction,
  .timeline .status {
    color: var(--_quiet);
  }
  dd {
    margin: 0;
  }
  dd,
  .what,
  .faults span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .faults li {
    display: flex;
    gap: 0.75rem;
    padding: 0.5rem 0.875rem;
    border-block-start: 1px solid var(--_line);
  }
  .faults strong {
    flex: none;
    min-width: 3.5rem;
  }
  .fault strong,
  .failed b,
  .failed a,
  em {
    color: var(--_alarm);
  }
  .scroll {
    max-height: 28rem;
    overflow: auto;
    border-block: 1px solid var(--_line);
  }
  .scroll p {
    margin: 0;
    padding: 0.625rem 0.875rem;
    color: var(--_quiet);
  }
  .timeline li {
    display: grid;
    grid-template-columns: 6.5rem 9rem 1fr auto;
    gap: 0 0.75rem;
    padding: 0.375rem 0.875rem;
  }
  .timeline li + li {
    border-block-start: 1px solid var(--_line);
  }
  time,
  code {
    font-family: ui-monospace, monospace;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
  }
  .what {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
  }
  .fix {
    flex-basis: 100%;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  button {
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_quiet);
    border-radius: 0.375rem;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid light-dark(#0b57d0, #a8c7fa);
    outline-offset: 2px;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  @container (max-width: 40rem) {
    .timeline li {
      display: flex;
      flex-wrap: wrap;
    }
    .what {
      order: 1;
      flex-basis: 100%;
    }
    .timeline .status {
      margin-inline-start: auto;
    }
  }
`;
