/**
 * Runs in each document before its own scripts: one font everywhere, no animation, no clock, and nothing
 * of what differs from run to run, such as ports.
 *
 * @param {string} font the URL of the font
 */
export function steadyPage(font) {
  const steady = new FontFace('Steady', `url(${font})`, { weight: '100 900' });
  document.fonts.add(steady);
  steady.load();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { font-family: Steady, sans-serif !important; animation: none !important; transition: none !important; caret-color: transparent !important; }
    .listing code, .front .columns code, dd, time { color: transparent !important; }
  `);
  for (const root of [Document.prototype, ShadowRoot.prototype]) {
    const { get, set } = Object.getOwnPropertyDescriptor(root, 'adoptedStyleSheets');
    Object.defineProperty(root, 'adoptedStyleSheets', {
      configurable: true,
      get,
      set(sheets) {
        set.call(this, [...sheets, sheet]);
      },
    });
  }
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    root.adoptedStyleSheets = [];
    return root;
  };
  document.adoptedStyleSheets = [];
  Date.prototype.toLocaleTimeString = () => '09:00:00';
}
