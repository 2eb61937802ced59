import { errorPages, type QualifioError } from '../errors.js';
import { QualifioErrorEvent, QualifioStatusChangeEvent, type CampaignStatus } from '../events.js';

/** The state of a campaign, and the events that report it to the page. */
export interface CampaignState {
  status: CampaignStatus;
  /** What went wrong, while the status is `error`. */
  error: QualifioError | null;
  frame: HTMLIFrameElement | null;
  /** The frame of which a message has come. */
  speaker: HTMLIFrameElement | null;
  campaignId: string;
  /** The login that is required replaces one that has ended. */
  isLoginExpired: boolean;
  /** The page is in a window for a login, which is done: the campaign is in another window. */
  isLoginWindow: boolean;
  /** A listener has prevented the panel. */
  isPanelPrevented: boolean;
  /** Changes the status, and reports it. */
  set(status: CampaignStatus): void;
  /** Changes the status without an event: the element has left the page. */
  reset(status: CampaignStatus): void;
  /** Shows the state again. */
  changed(): void;
  /**
   * Shows `error`: status `error`, then the event, unless a listener has changed the status again, and
   * then a warning in the console with the address of the error's page, unless the event was prevented.
   */
  fail(error: QualifioError): void;
  dispatch(event: Event): void;
  /** Prints a warning of the element in the console. */
  warn(message: string): void;
}

/**
 * @param onChange called after every change, to show the state; receives each error once.
 * @param name of the element that answers the campaign, for warnings.
 */
export function campaignState(
  element: EventTarget,
  onChange: (error?: QualifioError) => void,
  name: string = 'qualifio-campaign',
): CampaignState {
  const changed = (): void => onChange();
  const state: CampaignState = {
    status: 'idle',
    error: null,
    frame: null,
    speaker: null,
    campaignId: '',
    isLoginExpired: false,
    isLoginWindow: false,
    isPanelPrevented: false,
    changed,
    reset(status) {
      state.status = status;
      if (status !== 'error') state.error = null;
      changed();
    },
    set(status) {
      const previous = state.status;
      if (status === previous) return;
      state.reset(status);
      state.dispatch(new QualifioStatusChangeEvent(status, previous));
    },
    fail(error) {
      state.error = error;
      onChange(error);
      state.set('error');
      if (state.error !== error) return;
      state.dispatch(new QualifioErrorEvent(state.campaignId, error));
      if (state.isPanelPrevented) return;
      state.warn(`${error.message} ${errorPages}${error.code}.md`);
    },
    dispatch(event) {
      const isPrevented = !element.dispatchEvent(event);
      if (!event.cancelable) return;
      state.isPanelPrevented = isPrevented;
      changed();
    },
    warn: (message) => console.warn(`<${name}>: ${message}`),
  };
  return state;
}
