import { registerCallbacks } from './kit.js';
import { ownField } from '../config/own-field.js';
import { pageRegistry, type MessageName, type Relay, type Route } from './page-registry.js';

const names: readonly MessageName[] = ['requestParticipantAction', 'isLoggedIn', 'error'];

/**
 * Passes the messages of one campaign's frame to `route`, until `signal` is aborted. The page has one
 * registration per message name, for any number of campaigns. Messages of campaigns that are not ours
 * are ignored.
 *
 * Does not check the sender of a message: that needs the frame, which only the route knows.
 */
export function openRoute(divId: string, route: Route, signal: AbortSignal): void {
  const registry = pageRegistry();
  registry.routes.set(divId, route);
  signal.addEventListener('abort', () => registry.routes.delete(divId));
  registry.registeredIn = registerCallbacks(names, registry.registeredIn, deliver);
}

/**
 * Passes messages of one campaign's frame that have other names to `relay`, until `signal` is
 * aborted or another relay is opened for that campaign. Registers each name once on the page.
 *
 * May pass names that another campaign of the page asks for. Does not check the sender of a message.
 */
export function openRelay(
  divId: string,
  furtherNames: readonly string[],
  relay: Relay,
  signal: AbortSignal,
): void {
  const registry = pageRegistry();
  const relays = (registry.relays ??= new Map());
  const relayedIn = (registry.relayedIn ??= new Map());
  relays.set(divId, relay);
  signal.addEventListener('abort', () => {
    if (relays.get(divId) === relay) relays.delete(divId);
  });
  for (const name of furtherNames) {
    relayedIn.set(name, registerCallbacks([name], relayedIn.get(name) ?? null, deliverFurther));
  }
}

function deliver(name: MessageName, data: unknown): void {
  const message = read(data);
  const divId = ownField(message, 'divId');
  if (typeof divId === 'string')
    pageRegistry().routes.get(divId)?.(name, ownField(message, 'code'));
}

function deliverFurther(name: string, data: unknown): void {
  const message = read(data);
  const divId = ownField(message, 'divId');
  if (typeof divId === 'string') pageRegistry().relays?.get(divId)?.(name, message);
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
