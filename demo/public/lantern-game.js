// @ts-check

/** A component of the newspaper: a frame with a caption, and the campaign in its shadow root. */
class LanternGame extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    const campaign = document.createElement('qualifio-campaign');
    for (const name of ['campaign-id', 'channel-id', 'host']) {
      campaign.setAttribute(name, this.getAttribute(name) ?? '');
    }
    campaign.setAttribute('auth-endpoint', '/qualifio/token');
    campaign.setAttribute('login-url', '/login');
    campaign.setAttribute('height', '720');
    const caption = document.createElement('p');
    caption.textContent = 'A game of The Lantern';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { display: block; border: 3px double var(--line); border-radius: 6px; overflow: hidden; }
      qualifio-campaign { display: block; min-height: 720px; }
      p { margin: 0; padding: 0.5rem 1rem; color: var(--muted); font-family: var(--serif); }
    `);
    root.adoptedStyleSheets = [sheet];
    root.append(caption, campaign);
  }
}

customElements.define('lantern-game', LanternGame);
