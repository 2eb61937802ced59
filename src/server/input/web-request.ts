/**
 * The check that a route gets a web `Request`. Frameworks pass many other objects to a handler, and
 * some of their types do not notice.
 */
import { kindOf } from './kind-of.js';

/** Where a framework keeps the `Request` in what it passes to a handler, and how its users write that. */
const holders: readonly (readonly [path: string, advice: string])[] = [
  ['request', 'pass event.request'],
  ['req.raw', 'pass c.req.raw'],
  ['req', 'pass event.req'],
  ['raw', 'pass c.req.raw'],
  ['web.request', 'pass toWebRequest(event)'],
];

/** The same for a request of Node. */
const nodeHolders: readonly (readonly [path: string, advice: string])[] = [
  ['node.req', 'pass toWebRequest(event), which h3 exports'],
  ['raw', 'make a Request of request.raw'],
  ['req', 'make a Request of ctx.req'],
  ['', 'make a Request of it'],
];

/**
 * Returns a `Request`, also one of another realm or of a polyfill: what counts is that the properties
 * that the routes use are there.
 * @throws {TypeError} saying what was passed and what to pass
 */
export function readRequest(argument: unknown): Request {
  if (isRequest(argument)) return argument;
  throw new TypeError(`request: must be a web Request, not ${problemOf(argument)}`);
}

function problemOf(argument: unknown): string {
  for (const [path, advice] of holders) {
    if (isRequest(memberAt(argument, path))) {
      return `${kindOf(argument)} that has one in "${path}": ${advice}`;
    }
  }
  const examples = 'as the examples of docs/server.md do';
  for (const [path, advice] of nodeHolders) {
    if (isNodeRequest(memberAt(argument, path))) {
      const where = path
        ? `${kindOf(argument)} that has Node's request in "${path}"`
        : "Node's request";
      return `${where}: ${advice}, ${examples}`;
    }
  }
  if (memberAt(argument, 'requestContext') ?? memberAt(argument, 'httpMethod')) {
    return `an event of AWS Lambda: make a Request of it, ${examples}`;
  }
  return `${kindOf(argument)}: pass the Request that your server or framework gives to a route`;
}

function isRequest(value: unknown): value is Request {
  const headers = memberAt(value, 'headers');
  return (
    typeof memberAt(value, 'method') === 'string' &&
    typeof memberAt(value, 'url') === 'string' &&
    typeof memberAt(headers, 'get') === 'function' &&
    typeof memberAt(headers, 'has') === 'function'
  );
}

function isNodeRequest(value: unknown): boolean {
  return typeof memberAt(value, 'url') === 'string' && isObject(memberAt(value, 'headers'));
}

/** A member by its path; undefined if there is none, or if a getter throws. */
function memberAt(value: unknown, path: string): unknown {
  try {
    const names = path.split('.').filter(Boolean);
    return names.reduce<unknown>((from, name) => (isObject(from) ? from[name] : undefined), value);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
