// The doctor as users install it: from the packed package, with jose and nothing more. Run
// `npm run build` first.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { Command } from '../support/command.js';
import { InstalledPackage } from '../support/installed-package.js';
import { cookie, healthySite, SiteServer } from './healthy-site.js';

let project: InstalledPackage;
let server: SiteServer;
before(async () => {
  project = await InstalledPackage.create();
  for (const name of ['lit', '@lit']) {
    await rm(join(project.folder, 'node_modules', name), { recursive: true });
  }
  server = await SiteServer.start();
  server.site = await healthySite(server.port);
});
after(async () => {
  server.close();
  await project.remove();
});

it('finds nothing in a right set-up', async () => {
  const script = await project.command('qualifio-doctor');
  const args = [`${server.origin}/contest`, '--jwks', `${server.origin}/jwks.json`];
  const command = new Command(script, [...args, '--cookie', cookie], project.folder);
  const { stdout, stderr, code } = await command.ended();
  assert.equal(stderr, '');
  assert.match(stdout, /\n0 failed, 0 warnings, 6\d passed, \d skipped\n$/);
  assert.equal(code, 0);
});
