import { unsafeCSS, type CSSResult } from '@lit/reactive-element';

// The tag function `css` checks interpolations. There are none, and the check costs time in each
// page view.
export const styles: CSSResult = unsafeCSS(/* css */ `
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
    padding: 0.5625rem 1.4375rem;
    /* Seen in forced colours, which take backgrounds away. */
    border: 1px solid #0000;
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
`);
