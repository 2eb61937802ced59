import { isLoopbackPage } from '../model/loopback.js';

/**
 * Lets only pages of this machine, on any port, read an answer, with
 * credentials as `<qualifio-campaign>` sends them.
 */
export function allowLoopback(request: Request, headers: Headers): void {
  headers.append('Vary', 'Origin');
  const origin = request.headers.get('Origin');
  if (origin === null || !isLoopbackPage(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Allow-Credentials', 'true');
  headers.set('Access-Control-Allow-Methods', 'GET');
  headers.set('Access-Control-Allow-Headers', 'x-requested-with');
  headers.set('Access-Control-Expose-Headers', 'Date, Retry-After');
}
