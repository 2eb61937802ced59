// A campaign shows each step in a separate document, as the vendor's do. One document passes data
// to the next in the address: the simulator stores no session, so a campaign continues after a
// restart. The address never contains a token or data about the participant.
import { randomBytes, randomInt } from 'node:crypto';

/** The documents of a campaign after its first, in their order; the position is their `page`. */
const steps = ['question', 'pre-login', 'form', 'exit'] as const;

/** A document of a campaign. `welcome` is the first one, at the address that the kit makes. */
export type CampaignStep = 'welcome' | (typeof steps)[number];

/** Which document an address names. */
export interface CampaignAddress {
  readonly guid: string;
  readonly step: CampaignStep;
}

/** Query parameters that one document adds for the next; the others are from the first document. */
const sessionKeys = ['uk', 'cfid', 'cftoken'] as const;
/** The first session of the frame, if it is a different one. */
const frameKey = 'cfframe';
const keyPattern = /^\w{1,64}$/;
const ownMembers = [...sessionKeys, frameKey, 'page', 'right', 'reloaded'];

const pattern =
  /^\/20\/(?<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(?:(?<step>[\w-]+)\/)?v1\.cfm$/i;

/** The document that the path of an address names; `null` if it names none. */
export function readCampaignAddress(pathname: string): CampaignAddress | null {
  const { guid = '', step } = pattern.exec(pathname)?.groups ?? {};
  if (guid === '') return null;
  if (step === undefined) return { guid, step: 'welcome' };
  const known = steps.find((each) => each === step);
  return known === undefined ? null : { guid, step: known };
}

/** Address of a campaign's first document, when it starts again in the frame of a session. */
export function firstAddress(
  { guid }: CampaignAddress,
  query: URLSearchParams,
  session: URLSearchParams | null,
): string {
  const first = firstQuery(query);
  if (session) first.set(frameKey, frameOf(session));
  return `/20/${guid}/v1.cfm?${first}`;
}

function firstQuery(query: URLSearchParams): URLSearchParams {
  const first = new URLSearchParams(query);
  for (const name of ownMembers) first.delete(name);
  return first;
}

/** Address of the document that follows; `null` after the last one. */
export function nextAddress(
  { guid, step }: CampaignAddress,
  query: URLSearchParams,
  session: URLSearchParams,
): string | null {
  // 'welcome' is not one of the steps, so the first step follows it.
  const index = steps.findIndex((each) => each === step) + 1;
  const next = steps[index];
  if (next === undefined) return null;
  const handedOn = firstQuery(query);
  for (const [name, value] of session) handedOn.set(name, value);
  if (step !== 'welcome' && query.has('right')) handedOn.set('right', '1');
  handedOn.set('page', String(index + 1));
  return `/20/${guid}/${next}/v1.cfm?${handedOn}`;
}

/** Session keys like the vendor's, for a campaign that starts. */
export function newSession(query: URLSearchParams): URLSearchParams {
  return inFrame(
    new URLSearchParams({
      uk: randomBytes(16).toString('hex').toUpperCase(),
      cfid: String(randomInt(10_000_000, 100_000_000)),
      cftoken: randomBytes(8).toString('hex'),
    }),
    query,
  );
}

/** The session keys of a query; `null` if one of them is missing. */
export function readSession(query: URLSearchParams): URLSearchParams | null {
  const session = new URLSearchParams();
  for (const name of sessionKeys) {
    const value = query.get(name) ?? '';
    if (!keyPattern.test(value)) return null;
    session.set(name, value);
  }
  return inFrame(session, query);
}

/** Identifies a frame: its first session. */
export function frameOf(session: URLSearchParams): string {
  return session.get(frameKey) ?? session.get('uk') ?? '';
}

/** A session that follows another one in its frame names that one. */
function inFrame(session: URLSearchParams, query: URLSearchParams): URLSearchParams {
  const frame = query.get(frameKey) ?? '';
  if (keyPattern.test(frame)) session.set(frameKey, frame);
  return session;
}
