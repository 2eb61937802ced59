import { stageHost } from './stage.js';

/** The channel of every {@link tag}, a puppet's. */
export const tagChannel = '00000000-0000-0000-0000-00000000ABCD';

/** Puts a pasted tag into an element. */
export function paste(element: HTMLElement, html: string): void {
  const template = document.createElement('template');
  template.innerHTML = html;
  element.append(template);
}

/** A pasted tag for a puppet's frame, with given entries. */
export function tag(
  id: string,
  { width = '640', height = '480', style = 'color:red' } = {},
): string {
  return `<div id="qualifio_insert_place_${id}"></div><script>
    _qual_async.push(['createIframe', 'qualifio_insert_place_${id}', '${stageHost}', '20',
    '${tagChannel}', '${width}', '${height}', '', '', '', '${style}']);</script>`;
}
