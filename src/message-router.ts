import { registerCallbacks } from './kit.js';
import { ownField } from './own-field.js';
import { pageRegistry, type MessageName, type Route } from './page-registry.js';

const names: readonly MessageName[] = ['requestParticipantAction', 'isLoggedIn', 'error'];

/**
 * Brings the messages of one campaign's frame to `route`, until `signal` is aborted. There is one
 * registration per message name on the page, whatever number of campaigns; messages of campaigns
 * that are not ours are left to others.
 *
 * Does not check who sent a message: that needs the frame, which only the route knows.
 */
export function openRoute(divId: string, route: Route, signal: AbortSignal): void {
  const { routes } = pageRegistry();
  routes.set(divId, route);
  signal.addEventListener('abort', () => routes.delete(divId));
  registerCallbacks(names, deliver);
}

function deliver(name: MessageName, data: unknown): void {
  const message = typeof data === 'string' ? parse(data) : data;
  const divId = ownField(message, 'divId');
  if (typeof divId === 'string')
    pageRegistry().routes.get(divId)?.(name, ownField(message, 'code'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
