// @ts-check

// A browser drops tabs and line breaks from a URL and reads "\" as "/", so that
// "/\evil.example" and "/<tab>/evil.example" would leave the site.
const neverInAPath = /[\\\u0000-\u001f\u007f]/;
const anyOrigin = 'http://site.invalid';

/**
 * Where to go after a login or logout: the requested path, if it stays on this
 * site, otherwise the front page.
 *
 * @param {unknown} value what came in `return_to`
 * @returns {string} path, query and hash; always starts with exactly one slash
 * @example safeReturnTo('/popin?x=1#play') // '/popin?x=1#play'
 * @example safeReturnTo('//evil.example')  // '/'
 */
export function safeReturnTo(value) {
  if (typeof value !== 'string' || !value.startsWith('/') || neverInAPath.test(value)) return '/';
  const url = URL.canParse(value, anyOrigin) ? new URL(value, anyOrigin) : null;
  if (!url || url.origin !== anyOrigin) return '/';
  // "/.//evil.example" becomes "//evil.example" only when its dots are resolved.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search + url.hash;
}
