import { unsafeCSS, type CSSResult } from '@lit/reactive-element';

// The tag function `css` checks interpolations. There are none, and the check costs time in each
// page view.
export const styles: CSSResult = unsafeCSS(/* css */ `
  :host {
    display: block;
    --_accent: var(--qualifio-accent, #0b57d0);
  }
  :host([hidden]),
  [hidden],
  p:empty {
    display: none !important;
  }
  .stage {
    display: grid;
    min-height: inherit;
  }
  .stage > * {
    grid-area: 1/1;
  }
  /* The panel has the size of the campaign, and the colors of the card: only the card shows them. */
  [part='panel'] {
    padding: 1rem;
    background: var(--qualifio-panel-background, Canvas);
    background-clip: text !important;
    color: var(--qualifio-panel-color, CanvasText);
    border-radius: var(--qualifio-radius, 0.5rem);
    font-size: 1.0625rem;
    line-height: 1.5;
    text-align: center;
  }
  [part='frame'][inert] {
    opacity: 0.3;
  }
  [part='card'] {
    display: grid;
    gap: 1rem;
    justify-items: center;
    box-sizing: border-box;
    position: sticky;
    top: 1rem;
    bottom: 1rem;
    max-width: 25rem;
    max-height: calc(100vh - 2rem);
    margin: 0 auto;
    padding: 2rem 1.5rem;
    overflow: auto;
    border: 1px solid #8886;
    border-radius: inherit;
    background: inherit;
    background-clip: border-box;
    box-shadow: 0 0.5rem 2rem #0003;
  }
  p {
    margin: 0;
    text-wrap: balance;
  }
  [part='hint'] {
    font-size: 0.875em;
  }
  [part='action'] {
    padding: 0.5625rem 1.4375rem;
    /* Seen in forced colors, as a background is not. */
    border: 1px solid #0000;
    border-radius: var(--qualifio-radius, 0.5rem);
    background: var(--_accent);
    color: #fff;
    font: inherit;
    text-decoration: none;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--qualifio-panel-color, CanvasText);
    outline-offset: 3px;
  }
  /* It has focus only so that it is read. */
  [part='panel'] {
    outline: none;
  }
  [part='progress'] {
    position: sticky;
    top: 0;
    height: 0;
    border-top: 3px solid var(--_accent);
    animation: progress 0.8s 0.4s infinite alternate both;
  }
  @keyframes progress {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion) {
    [part='progress'] {
      animation-iteration-count: 1;
    }
  }
`);
