import { Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/quiz">Quiz</a>
      <a routerLink="/vote">Vote</a>
    </nav>
    <main><router-outlet /></main>
  `,
})
export class App {}
