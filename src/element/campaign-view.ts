import type { CampaignSettings } from '../campaign/element-settings.js';
import type { CampaignState } from '../campaign/campaign-state.js';
import { create, panelView, type PanelSettings } from './panel-view.js';
import { frameTitle } from './frame-title.js';
import { reservedHeight } from './reserved-height.js';
import { stringsFor } from './strings/index.js';

/** The settings of the element that the view reads. */
export interface ViewSettings extends CampaignSettings, PanelSettings {
  frameTitle: string;
}

/**
 * The element's shadow tree: the slot that shows the campaign, the placeholder, and the panel that
 * covers both.
 */
export interface CampaignView {
  /** Shows a campaign's state. @param config the campaign's settings, as far as they are known. */
  show(state: CampaignState, config: { height: string } | null): void;
}

/** Fills `root`. @param onAction called when the panel's button is pressed. */
export function campaignView(
  element: ViewSettings,
  root: DocumentFragment | HTMLElement,
  onAction: () => void,
): CampaignView {
  const area = create('div', { part: 'frame' }, create('slot', { name: 'campaign' }));
  const placeholder = create('slot', { name: 'placeholder' });
  const stage = create('div', { class: 'stage' }, area, placeholder);
  const showPanel = panelView(element, stage, area, onAction);
  root.append(stage);
  const nameFrame = frameTitle();

  return {
    show(state, config) {
      const { status, frame } = state;
      placeholder.hidden = status !== 'idle' && status !== 'loading';
      // Through the CSSOM: a Content-Security-Policy may forbid style attributes.
      stage.style.minHeight = frame ? '' : reservedHeight(element, config);
      showPanel(state);
      const byDefault = element.strings?.frameTitle ?? stringsFor(element).frameTitle;
      nameFrame(frame, element.frameTitle, byDefault);
    },
  };
}
