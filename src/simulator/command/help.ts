import { helpEntry } from '../../command/help-entry.js';
import { flags } from './flag-table.js';
import { knobs } from '../model/knob-table.js';

const head = `qualifio-simulator: Qualifio's side of the login exchange, on your machine. For development only.

  qualifio-simulator --port 4400 --jwks http://localhost:3000/jwks.json

Without --jwks, --public-key or --secret-file, it creates a temporary key pair, publishes its JWKS at
/jwks.json, and signs tokens at /token?campaignId=123456. Open its URL to play.

`;

const knobHead = `
Knobs: possible behaviors and faults of Qualifio's kit and frame. The first value is the default.
For one page only: as a query parameter of the kit URL, such as /kit/qualp.2.min.js?kit=slow&clock=600
`;

const foot = `
For when to use each one, and faults to test, see docs/simulator.md in the package.
`;

/** What `--help` prints. */
export function helpText(): string {
  const own = flags.map(({ flag, takes = '', default: usual, about }) =>
    helpEntry(`${flag} ${takes}`, usual === '' ? about : `${about} (${usual})`),
  );
  const ofKnobs = knobs.map(({ flag, placeholder, about }) =>
    helpEntry(`${flag} ${placeholder}`, about),
  );
  return `${head}${own.join('')}${knobHead}${ofKnobs.join('')}${foot}`;
}
