import { css, type CSSResult } from '@lit/reactive-element';

export const styles: CSSResult = css`
  :host {
    display: block;
    --_accent: var(--qualifio-accent, #0b57d0);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  .stage {
    display: grid;
    min-height: inherit;
  }
  .stage > * {
    grid-area: 1 / 1;
  }
  /* An iframe stands on a line of text, which would add to its height. */
  ::slotted(div) {
    line-height: 0;
  }
  [part='panel'] {
    padding: 1rem;
    background: var(--qualifio-panel-background, Canvas);
    color: var(--qualifio-panel-color, CanvasText);
    border-radius: var(--qualifio-radius, 0.5rem);
    font: 1.1rem/1.5 system-ui;
    text-align: center;
  }
  .content {
    position: sticky;
    top: 1rem;
    padding: 2rem 0;
  }
  [part='action'] {
    padding: 0.625rem 1.5rem;
    border: 0;
    border-radius: var(--qualifio-radius, 0.5rem);
    background: var(--_accent);
    color: #fff;
    font: inherit;
    text-decoration: none;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 3px;
  }
`;
