import type { CampaignSettings } from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { create, panelView, type PanelSettings } from './panel-view.js';
import { nameFrame } from './frame-title.js';
import { reservedHeight } from './reserved-height.js';
import { textsFor } from './strings/index.js';

/** The settings of the element that the view reads. */
export interface ViewSettings extends CampaignSettings, PanelSettings {
  frameTitle: string;
}

/** Shows a campaign's state. Receives the campaign's settings, as far as they are known. */
export type CampaignView = (state: CampaignState, config: { height: string } | null) => void;

/**
 * Fills the element's shadow tree: the slot that shows the campaign, the placeholder, and the panel that
 * covers both, which is made when the campaign no longer waits or loads: a page may have many that wait.
 *
 * @param onAction called when the panel's button is pressed.
 */
export function campaignView(
  element: ViewSettings,
  root: DocumentFragment | HTMLElement,
  onAction: () => void,
): CampaignView {
  const area = create(
    'div',
    { tabindex: '-1', part: 'frame' },
    create('slot', { name: 'campaign' }),
  );
  const placeholder = create('slot', { name: 'placeholder' });
  const stage = create('div', { class: 'stage' }, area, placeholder);
  let showPanel: ((state: CampaignState) => void) | undefined;
  root.append(stage);

  return (state, config) => {
    const { status, frame } = state;
    placeholder.hidden = status !== 'idle' && status !== 'loading';
    // Through the CSSOM: a Content-Security-Policy may forbid style attributes.
    stage.style.minHeight = frame ? '' : reservedHeight(element, config);
    if (placeholder.hidden || state.isLoginWindow) {
      showPanel ??= panelView(element, stage, area, onAction);
    }
    showPanel?.(state);
    if (!frame) return;
    nameFrame(frame, element.frameTitle, textsFor(element, element.strings)('frameTitle'));
  };
}
