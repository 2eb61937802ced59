import './settings.js';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.js';
import { config } from './app/config.js';

void bootstrapApplication(App, config);
