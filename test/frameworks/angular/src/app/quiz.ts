import { Component, signal, viewChild, type ElementRef } from '@angular/core';
import {
  QualifioCampaign,
  type QualifioCampaignElement,
  type QualifioErrorEvent,
  type QualifioParticipantActionEvent,
  type TokenRequest,
} from 'qualifio-campaign/angular';
import { logIn } from '../session.js';

@Component({
  selector: 'app-quiz',
  imports: [QualifioCampaign],
  template: `
    <qualifio-campaign
      #campaign
      campaign-id="123456"
      token-campaign-id="98765"
      [channelId]="channel"
      host="jeux.publisher.com"
      auth-endpoint="/qualifio/token"
      login-url="/login"
      login-return-param="next"
      login-target="self"
      loading="eager"
      width="100%"
      [height]="900"
      frame-style="max-width:810px;margin:0 auto;"
      frame-title="Quiz"
      pre-login="never"
      relay="step"
      [prefetchToken]="false"
      [tokenTimeout]="8000"
      [kitTimeout]="12000"
      [strings]="{ loginRequired: 'Log in to take part.' }"
      [tokenProvider]="requestToken"
      (qualifio-ready)="hear($event)"
      (qualifio-participant-action)="onParticipantAction($event)"
      (qualifio-login-required)="hear($event)"
      (qualifio-token-sent)="hear($event)"
      (qualifio-message)="hear($event)"
      (qualifio-status-change)="hear($event)"
      (qualifio-error)="onError($event)"
    >
      <form slot="login" (submit)="submit($event)">
        <label>Name <input #input (input)="name.set(input.value)" /></label>
        <button>Log in{{ name() && ' as ' + name() }}</button>
      </form>
    </qualifio-campaign>
    <output>{{ heard().join(' ') }}</output>
  `,
})
export class Quiz {
  readonly channel = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
  readonly name = signal('');
  readonly heard = signal<string[]>([]);
  private readonly campaign = viewChild.required<ElementRef<QualifioCampaignElement>>('campaign');

  /** Gets a token; null if the participant is signed out. */
  readonly requestToken = async ({ campaignId, signal }: TokenRequest): Promise<string | null> => {
    const answer = await fetch(`/qualifio/token?campaignId=${campaignId}`, { signal });
    return answer.status === 401 ? null : (await answer.json()).token;
  };

  hear(event: Event): void {
    this.heard.update((before) => [...before, event.type]);
  }

  onParticipantAction(event: QualifioParticipantActionEvent): void {
    event.respondWith(false);
    this.hear(event);
  }

  onError(event: QualifioErrorEvent): void {
    if (event.error.code === 'FRAME_REMOVED') event.preventDefault();
    this.hear(event);
  }

  async submit(event: Event): Promise<void> {
    event.preventDefault();
    await logIn(this.name());
    await this.campaign().nativeElement.resume();
  }
}
