import { html, type Html } from './html.js';

/** Drawings of the campaign, which loads no images. The style sheet sets their colors. */
export const pictures: Readonly<Record<'newspaper' | 'tick', Html>> = {
  newspaper: html`<svg class="picture" viewBox="0 0 96 72" aria-hidden="true" focusable="false">
    <rect class="sheet" x="10" y="10" width="62" height="54" rx="4" transform="rotate(-4 41 37)" />
    <rect class="sheet front" x="22" y="8" width="62" height="56" rx="4" />
    <rect class="accent" x="30" y="16" width="46" height="8" rx="2" />
    <rect class="photo" x="30" y="30" width="20" height="16" rx="2" />
    <path class="lines" d="M56 32h20M56 38h20M56 44h14M30 52h46M30 57h38" />
  </svg>`,
  tick: html`<svg class="picture tick" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <circle class="accent" cx="32" cy="32" r="28" />
    <path d="M20 33l9 9 16-19" />
  </svg>`,
};
