import { createSSRApp, type App } from 'vue';
import { createRouter, type Router, type RouterHistory } from 'vue-router';
import Publisher from './Publisher.vue';
import Quiz from './Quiz.vue';
import Vote from './Vote.vue';

export function createPublisher(history: RouterHistory): { app: App; router: Router } {
  const routes = [
    { path: '/', component: { render: () => 'Publisher' } },
    { path: '/quiz', component: Quiz },
    { path: '/vote', component: Vote },
  ];
  const router = createRouter({ history, routes });
  return { app: createSSRApp(Publisher).use(router), router };
}
