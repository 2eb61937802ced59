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
    padding: 16px;
    background: var(--qualifio-panel-background, Canvas);
    background-clip: text !important;
    color: var(--qualifio-panel-color, CanvasText);
    border-radius: var(--qualifio-radius, 0.5rem);
    /* Also in pages whose rem is 10px, or that hide white space with a size of 0. */
    font-size: max(1em, 16px);
    line-height: 1.5;
    text-align: center;
  }
  [part='frame'][inert] {
    opacity: 0.3;
  }
  [part='card'] {
    display: grid;
    gap: 1em;
    justify-items: center;
    box-sizing: border-box;
    position: sticky;
    top: 16px;
    bottom: 16px;
    max-width: 25em;
    max-height: calc(100vh - 32px);
    margin: 0 auto;
    padding: 2em 1.5em;
    overflow: auto;
    border: 1px solid #8886;
    border-radius: inherit;
    background: inherit;
    background-clip: border-box;
    box-shadow: 0 0.5em 2em #0003;
  }
  p {
    margin: 0;
    text-wrap: balance;
  }
  [part='hint'] {
    font-size: 0.875em;
  }
  [part='action'] {
    padding: 9px 23px;
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
    overflow: hidden;
  }
  .busy {
    border-top: 3px solid var(--_accent);
    animation: progress 0.8s 0.4s infinite alternate both;
  }
  @keyframes progress {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion) {
    .busy {
      animation-iteration-count: 1;
    }
  }
`);
