// What a strict template rejects. check.mjs compares the lines that Angular's compiler reports with
// those that end in `rejected`.
import { Component } from '@angular/core';
import {
  QualifioCampaign,
  QualifioSignIn,
  type QualifioErrorEvent,
} from 'qualifio-campaign/angular';

@Component({
  selector: 'app-rejected',
  imports: [QualifioCampaign, QualifioSignIn],
  template: `
    <qualifio-campaign #campaign [channelId]="id" [height]="900" (qualifio-error)="fail($event)" />
    <qualifio-campaign [channelId]="1" /> rejected

    <qualifio-campaign pre-login="nver" /> rejected
    <qualifio-campaign [preLogin]="'nver'" /> rejected
    <qualifio-campaign [campainId]="id" /> rejected

    <qualifio-campaign [campain-id]="id" /> rejected
    <qualifio-campaign [tokenTimeout]="true" /> rejected
    <qualifio-campaign [tokenProvider]="id" /> rejected
    <qualifio-campaign [strings]="{ lgIn: 'Sign in' }" /> rejected
    <qualifio-campaign (qualifio-ready)="fail($event)" /> rejected
    <qualifio-campaign (qualifio-eror)="fail($event)" /> rejected
    <button (click)="campaign.resum()">Resume</button> rejected

    <qualifio-sign-in #signIn [authEndpoint]="id" (qualifio-error)="fail($event)" />
    <qualifio-sign-in [host]="id" /> rejected <qualifio-sign-in login-target="tab" /> rejected
    <qualifio-sign-in [tokenProvider]="id" /> rejected
    <button (click)="signIn.resum()">Resume</button> rejected
  `,
})
export class Rejected {
  readonly id = '';

  fail({ error }: QualifioErrorEvent): string {
    return error.code;
  }
}
