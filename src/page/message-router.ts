import { ownField } from '../config/own-field.js';
import { registerCallback } from './kit.js';
import { pageRegistry, type MessageName, type Route } from './page-registry.js';

/** The messages that every campaign's frame sends. */
export const ownMessages: readonly string[] = [
  'requestParticipantAction',
  'isLoggedIn',
  'error',
] satisfies MessageName[];

/**
 * Passes the messages of one campaign's frame to `route`, until `signal` is aborted. Messages of
 * campaigns that are not ours are ignored.
 *
 * Does not check the sender of a message: that needs the frame, which only the route knows.
 */
export function openRoute(divId: string, route: Route, signal: AbortSignal): void {
  const { routes } = pageRegistry();
  routes.set(divId, route);
  signal.addEventListener('abort', () => routes.delete(divId));
  listenTo(ownMessages);
}

/** Has the kit pass on messages of these names. The page has one registration per name, for any number of campaigns. */
export function listenTo(names: readonly string[]): void {
  const registeredIn = (pageRegistry().registeredIn ??= new Map());
  for (const name of names) {
    const pass = (data: unknown): void => deliver(name, data);
    registeredIn.set(name, registerCallback(name, registeredIn.get(name), pass));
  }
}

function deliver(name: string, data: unknown): void {
  const message = read(data);
  const divId = ownField(message, 'divId');
  if (typeof divId === 'string') pageRegistry().routes.get(divId)?.(name, message);
}

/** Kits pass a message as an object, or as JSON text. */
function read(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
