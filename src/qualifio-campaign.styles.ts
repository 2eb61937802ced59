import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    --_accent: var(--qualifio-accent, #0b57d0);
    --_radius: var(--qualifio-radius, 0.5rem);
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
    min-width: 0;
  }
  [part='panel'] {
    z-index: 1;
    padding: 1rem;
    background: var(--qualifio-panel-background, Canvas);
    color: var(--qualifio-panel-color, CanvasText);
    border-radius: var(--_radius);
    font: 1.125rem/1.5 system-ui;
    text-align: center;
  }
  .content {
    position: sticky;
    top: 1rem;
    max-width: 28rem;
    margin: 2rem auto;
  }
  [part='action'] {
    display: inline-block;
    padding: 0.625rem 1.5rem;
    border: 0;
    border-radius: var(--_radius);
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
