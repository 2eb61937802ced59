// @ts-check

/**
 * The fields of an event that the demo shows. The events contain no token; the log still selects
 * fields by name.
 *
 * @typedef {object} Shown
 * @property {string} [campaignId]
 * @property {string} [reason]
 * @property {Date | null} [expiresAt]
 * @property {string} [previous]
 * @property {string} [status]
 * @property {{ code: string, phase: string, httpStatus?: number, message: string }} [error]
 */

/**
 * @param {Shown} event
 * @param {string | undefined} ownCampaign the element's: a status change does not name its own
 * @returns {string[]}
 */
function detailsOf({ campaignId, reason, expiresAt, previous, status, error }, ownCampaign) {
  const details = [];
  if (status) details.push(`${previous} → ${status}`);
  if (reason) details.push(reason);
  if (expiresAt) details.push(`expires ${expiresAt.toLocaleTimeString('en-GB')}`);
  if (error) {
    details.push(
      `${error.code} (${error.phase}${error.httpStatus ? `, ${error.httpStatus}` : ''})`,
    );
    details.push(error.message);
  }
  const campaign = campaignId ?? ownCampaign;
  if (campaign) details.push(`campaign ${campaign}`);
  return details;
}

/**
 * The campaign of a pasted tag's div.
 *
 * @param {string} id
 */
function tagNumber(id) {
  return /^qualifio_insert_place_(\d+)$/.exec(id)?.[1];
}

/**
 * @param {string} className
 * @param {string} text
 */
export function part(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** Lists the events that the list names, of every element on the page, oldest first. */
export function startEventLog() {
  /** @type {HTMLElement | null} */
  const list = document.querySelector('[data-event-log]');
  const empty = list?.parentElement?.querySelector('[data-log-empty]');
  if (!list) return;
  for (const name of list.dataset['eventLog']?.split(' ') ?? []) {
    document.addEventListener(name, (event) => {
      const entry = document.createElement('li');
      const shown = /** @type {Shown} */ (/** @type {unknown} */ (event));
      const element = /** @type {Element & Shown} */ (event.composedPath()[0]);
      entry.dataset['event'] = name;
      if (shown.error) entry.dataset['code'] = shown.error.code;
      if (shown.status) entry.dataset['status'] = shown.status;
      entry.append(part('log-time', new Date().toLocaleTimeString('en-GB')), ' ');
      entry.append(part('log-name', name));
      for (const detail of detailsOf(shown, element.campaignId ?? tagNumber(element.id)))
        entry.append(' ', part('log-detail', detail));
      list.append(entry);
      list.parentElement?.scrollTo({ top: list.parentElement.scrollHeight });
      empty?.remove();
    });
  }
}
