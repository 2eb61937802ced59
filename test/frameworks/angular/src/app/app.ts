import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';
import { QualifioSignIn } from 'qualifio-campaign/angular';
import 'qualifio-campaign/sign-in';

@Component({
  selector: 'app-root',
  imports: [QualifioSignIn, RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/quiz">Quiz</a>
      <a routerLink="/vote">Vote</a>
    </nav>
    <main><router-outlet /></main>
    <qualifio-sign-in
      auth-endpoint="/qualifio/token"
      [tokenTimeout]="8000"
      [strings]="{ loginRequired: 'Log in to take part.' }"
    />
  `,
})
export class App {}
