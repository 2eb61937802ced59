import { errorPages, type QualifioError } from '../errors.js';
import { QualifioErrorEvent, QualifioStatusChangeEvent, type CampaignStatus } from '../events.js';

/** The state of a campaign, and the events that report it to the page. */
export class CampaignState {
  status: CampaignStatus = 'idle';
  /** What went wrong, while the status is `error`. */
  error: QualifioError | null = null;
  frame: HTMLIFrameElement | null = null;
  /** The frame of which a message has come. */
  speaker?: HTMLIFrameElement | null;
  campaignId = '';
  /** The login that is required replaces one that has ended. */
  isLoginExpired?: boolean;
  /** The page is in a window for a login, which is done: the campaign is in another window. */
  isLoginWindow?: boolean;
  /** A listener has prevented the panel. */
  isPanelPrevented?: boolean;
  readonly #element: EventTarget;
  readonly #onChange: (error?: QualifioError) => void;
  readonly #name: string;

  /**
   * @param onChange called after every change, to show the state; receives each error once.
   * @param name of the element that answers the campaign, for warnings.
   */
  constructor(
    element: EventTarget,
    onChange: (error?: QualifioError) => void,
    name: string = 'qualifio-campaign',
  ) {
    this.#element = element;
    this.#onChange = onChange;
    this.#name = name;
  }

  /** Changes the status, and reports it. */
  set(status: CampaignStatus): void {
    const previous = this.status;
    if (status === previous) return;
    this.reset(status);
    this.dispatch(new QualifioStatusChangeEvent(status, previous));
  }

  /** Changes the status without an event: the element has left the page. */
  reset(status: CampaignStatus): void {
    this.status = status;
    if (status !== 'error') this.error = null;
    this.changed();
  }

  /** Shows the state again. */
  changed(): void {
    this.#onChange();
  }

  /**
   * Shows `error`: status `error`, then the event, unless a listener has changed the status again, and
   * then a warning in the console with the address of the error's page, unless the event was prevented.
   */
  fail(error: QualifioError): void {
    this.error = error;
    this.#onChange(error);
    this.set('error');
    if (this.error !== error) return;
    this.dispatch(new QualifioErrorEvent(this.campaignId, error));
    if (this.isPanelPrevented) return;
    this.warn(`${error.message} ${errorPages}${error.code}.md`);
  }

  dispatch(event: Event): void {
    const isPrevented = !this.#element.dispatchEvent(event);
    if (!event.cancelable) return;
    this.isPanelPrevented = isPrevented;
    this.changed();
  }

  /** Prints a warning of the element in the console. */
  warn(message: string): void {
    console.warn(`<${this.#name}>: ${message}`);
  }
}
