import type { ApplicationConfig } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { Home } from './home.js';
import { Quiz } from './quiz.js';
import { Vote } from './vote.js';

export const config: ApplicationConfig = {
  providers: [
    provideRouter([
      { path: '', component: Home },
      { path: 'quiz', component: Quiz },
      { path: 'vote', component: Vote },
    ]),
    provideClientHydration(),
  ],
};
