import { unsafeCSS, type CSSResult } from '@lit/reactive-element';

// Nothing here takes part in the layout of the vendor's div: bar and panel are out of its flow, where
// script puts them over the frame.
export const styles: CSSResult = unsafeCSS(/* css */ `
  :host {
    --_accent: var(--qualifio-accent, #0b57d0);
  }
  .over {
    position: absolute;
    z-index: 1;
    pointer-events: none;
    text-indent: 0;
  }
  .over > * {
    pointer-events: auto;
    box-sizing: border-box;
    position: absolute;
    inset: 0;
  }
  .over > [part='progress'] {
    position: absolute;
    inset: 0 0 auto;
  }
  /* The frame itself keeps its look. */
  .over::before {
    content: '';
    position: absolute;
    inset: 0;
    background: Canvas;
    opacity: 0.7;
  }
  .over:not(:has([part='panel']:not([hidden])))::before {
    content: none;
  }
`);
