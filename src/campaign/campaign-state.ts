import type { QualifioError } from '../errors.js';
import { QualifioErrorEvent, QualifioStatusChangeEvent, type CampaignStatus } from '../events.js';

/** The state of a campaign, and the events that report it to the page. */
export class CampaignState {
  status: CampaignStatus = 'idle';
  /** What went wrong, while the status is `error`. */
  error: QualifioError | null = null;
  frame: HTMLIFrameElement | null = null;
  campaignId = '';
  /** A listener has prevented the panel. */
  isPanelPrevented = false;
  readonly #element: EventTarget;
  readonly #onChange: (error?: QualifioError) => void;

  /** @param onChange called after every change, to show the state; with each error once. */
  constructor(element: EventTarget, onChange: (error?: QualifioError) => void) {
    this.#element = element;
    this.#onChange = onChange;
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

  useFrame(frame: HTMLIFrameElement | null): void {
    this.frame = frame;
    this.changed();
  }

  /** Shows `error`: status `error`, then the event, unless a listener has changed the status again. */
  fail(error: QualifioError): void {
    this.error = error;
    this.#onChange(error);
    this.set('error');
    if (this.error === error) this.dispatch(new QualifioErrorEvent(this.campaignId, error));
  }

  dispatch(event: Event): void {
    const isPrevented = !this.#element.dispatchEvent(event);
    if (!event.cancelable) return;
    this.isPanelPrevented = isPrevented;
    this.changed();
  }
}
