import type { QualifioError } from '../errors.js';
import { QualifioErrorEvent, QualifioStatusChangeEvent, type CampaignStatus } from '../events.js';

/** What a campaign is doing, and what the page is told of it. */
export class CampaignState {
  status: CampaignStatus = 'idle';
  /** What went wrong, while the status is `error`. */
  error: QualifioError | null = null;
  frame: HTMLIFrameElement | null = null;
  campaignId = '';
  /** A listener has taken the panel's work upon itself. */
  isPanelPrevented = false;
  readonly #element: EventTarget;
  readonly #onChange: (error?: QualifioError) => void;

  /** @param onChange called after every change, for what shows the state; with an error, once, when there is one. */
  constructor(element: EventTarget, onChange: (error?: QualifioError) => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  /** Changes the status, and tells. */
  set(status: CampaignStatus): void {
    const previous = this.status;
    if (status === previous) return;
    this.reset(status);
    this.dispatch(new QualifioStatusChangeEvent(status, previous));
  }

  /** Changes the status and tells nobody: the element has left the page. */
  reset(status: CampaignStatus): void {
    this.status = status;
    if (status !== 'error') this.error = null;
    this.changed();
  }

  /** Has what shows the state look at it again. */
  changed(): void {
    this.#onChange();
  }

  useFrame(frame: HTMLIFrameElement | null): void {
    this.frame = frame;
    this.changed();
  }

  /** Puts `error` on show: status `error`, then the event, unless a listener has moved on. */
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
