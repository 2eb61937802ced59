import type { CampaignFields } from './field-grammar.js';

/** What the kit's command `createIframe` contains: a campaign's fields, and the div to fill. */
export type FrameCommand = CampaignFields & { divId: string };

/** The positions of the command: the name of a field, or a constant. */
const positions = [
  ...['createIframe', 'divId', 'host', '20', 'channelId', 'width', 'height'],
  ...['', '', '', 'frameStyle'],
];

/** The command for a campaign. */
export function writeCommand(fields: FrameCommand): string[] {
  return positions.map((name) =>
    Object.hasOwn(fields, name) ? fields[name as keyof FrameCommand] : name,
  );
}

/** The fields in the values of a command; an empty string for each that is missing. */
export function readCommand(values: readonly string[]): FrameCommand {
  const entries = positions.map((name, index) => [name, values[index] ?? '']);
  return Object.fromEntries(entries) as FrameCommand;
}
