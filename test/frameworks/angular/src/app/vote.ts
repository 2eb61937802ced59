import { Component } from '@angular/core';
import { QualifioCampaign } from 'qualifio-campaign/angular';

@Component({
  selector: 'app-vote',
  imports: [QualifioCampaign],
  template: `
    <qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token" login-url="/login" />
  `,
})
export class Vote {}
