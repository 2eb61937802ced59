// The demo's server for scripts/dev.mjs: `node scripts/dev/site.mjs <folder of the bundles> <campaign port>`.
import { pathToFileURL } from 'node:url';
import process from 'node:process';
import { startDemo } from '../../demo/app.js';

const [folder, campaignPort] = process.argv.slice(2);
const library = pathToFileURL(`${folder}/`);
const demo = await startDemo({ port: 0, campaignPort: Number(campaignPort), library });
const portOf = (url) => Number(new URL(url).port);
process.send({ port: portOf(demo.url), campaignPort: portOf(demo.campaignUrl) });
// The terminal also sends Ctrl+C here: the parent process decides when this one ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void demo.close().then(() => process.exit()));
process.on('disconnect', () => process.exit());
