// @ts-check
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accounts, demoPassword } from './accounts.js';

const usage = `Usage: node demo/server.js [--port N] [--campaign-port N]

  --port           the publisher's site, 3000 (0: any free port)
  --campaign-port  the simulated campaign host, 4400 (0: any free port)
  --help           this text`;

/** A mistake that the user of the command can fix. */
class UsageError extends Error {}

/**
 * @param {string} flag
 * @param {string} text
 */
function readPort(flag, text) {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new UsageError(`${flag} takes a port from 0 to 65535, not "${text}"`);
  }
  return port;
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '3000' },
        'campaign-port': { type: 'string', default: '4400' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [sentence] = /** @type {Error} */ (error).message.split(/\n|\. /);
    throw new UsageError(`${sentence}; see --help`);
  }
}

async function main() {
  const flags = readFlags();
  if (flags.help) {
    console.log(usage);
    return;
  }
  const port = readPort('--port', flags.port);
  const campaignPort = readPort('--campaign-port', flags['campaign-port']);
  if (port === campaignPort && port !== 0) {
    throw new UsageError(`--port and --campaign-port are both ${port}: give them different ports`);
  }
  if (!existsSync(new URL('../dist/qualifio-campaign.min.js', import.meta.url))) {
    throw new UsageError('dist/ is missing: run `npm run build` first');
  }
  // Imported late: it needs the built package.
  const { startDemo } = await import('./app.js');
  const demo = await startDemo({ port, campaignPort });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)));
  }
  console.log(`Publisher's site    ${demo.url}
Simulated campaigns ${demo.campaignUrl} (what was said: ${demo.campaignUrl}/transcript)
Log in as           ${accounts.map(({ email }) => email).join(', ')}; password ${demoPassword}
Ctrl+C ends it. Open this in a browser:
${demo.url}/`);
}

main().catch((/** @type {Error} */ error) => {
  console.error(`demo: ${error.message}`);
  process.exitCode = error instanceof UsageError || error.name === 'PortError' ? 2 : 1;
});
