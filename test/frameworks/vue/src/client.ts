import './settings.js';
import { createWebHistory } from 'vue-router';
import { createPublisher } from './app.js';

const { app, router } = createPublisher(createWebHistory());
await router.isReady();
app.mount('#app');
