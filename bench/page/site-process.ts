/**
 * Runs the servers in a process of their own, so that they answer on time while the measurement is
 * busy, and passes on what `SiteProxy` asks for.
 */
import process from 'node:process';
import { benchSite } from './site.js';
import type { SiteCall } from './site-proxy.js';

const site = await benchSite();
process.on('message', ({ call, value }: SiteCall) => {
  if (call === 'delay') site.delay = value;
  else if (call === 'open') site.open(value);
  else if (call === 'replaceLibrary') site.replaceLibrary(value ?? undefined);
  process.send?.(site.requests);
});
process.on('disconnect', () => process.exit());
process.send?.(site.port);
