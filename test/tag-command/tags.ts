// Parts of Qualifio's tag, as pages have them, and the element for a tag.

const guid = 'D2719A5E-0C4B-4E7F-9A13-5B6E8F704C21';
const style = 'max-width:810px;margin:0 auto;';

export const kit = 'https://files.qualifio.com/kit/qualp.2.min.js';

export const loader = `(function(b,o,n,u,s){var a,t;a=b.createElement(u);a.async=1;a.src=s;t=b.getElementsByTagName(u)[0];t.parentNode.insertBefore(a,t);o[n]=o[n]||[]})(document,window,'_qual_async','script','${kit}');`;

export const queue = 'window._qual_async = window._qual_async || [];';

/** The list that makes a frame. */
export function command(number: number, width = '100%', height = '2480', css = style): string {
  return `['createIframe', 'qualifio_insert_place_${number}', 'jeux.publisher.com', '20', '${guid}', '${width}', '${height}', '', '', '', '${css}']`;
}

export function div(number: number): string {
  return `<div id="qualifio_insert_place_${number}" class="qualifio_iframe_wrapper"></div>`;
}

export function script(...code: string[]): string {
  return `<script type="text/javascript">${code.join('')}</script>`;
}

/** A whole tag, as in a campaign feed. */
export function tag(number: number): string {
  return `${div(number)} ${script(` ${loader} _qual_async.push(${command(number)}); `)}`;
}

/** The element for a tag, with further attributes. */
export function element(
  number: number,
  more = '',
  width = '100%',
  height = '2480',
  css = style,
): string {
  const sizes = (width && ` width="${width}"`) + (height && ` height="${height}"`);
  return `<qualifio-campaign campaign-id="${number}" channel-id="${guid}" host="jeux.publisher.com"${sizes} frame-style="${css}"${more}></qualifio-campaign>`;
}
