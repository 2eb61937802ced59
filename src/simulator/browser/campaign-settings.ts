import type { CampaignStep } from '../model/campaign-address.js';
import type { CampaignTexts } from './campaign-texts.js';
import type { FrameKnobs, TokenErrorCode } from '../model/knob-table.js';
import type { TranscriptEntry } from '../model/transcript.js';

/** What the server puts into a document of the campaign. */
export interface CampaignSettings extends FrameKnobs {
  readonly divId: string;
  /** The parent page's origin, as the kit gave it. */
  readonly parentOrigin: string;
  readonly texts: CampaignTexts;
  /** Which document this is. */
  readonly step: CampaignStep | 'finished' | 'unavailable';
  /** The document's query, from which the verification reads its knobs. */
  readonly query: string;
  /** The session that this document belongs to. */
  readonly session: string;
  /** Identifies the frame in all its sessions. */
  readonly frame: string;
  /** Address of the campaign's first document. */
  readonly first: string;
  /** Address of the document after this one; `null` at the exit. */
  readonly next: string | null;
  /** Where `behaviour=navigates` leads. */
  readonly elsewhere: string;
  /** Milliseconds to wait for the answer about the pre-login screen. */
  readonly patience: number;
  /** This is the second load of `behaviour=reloads`. */
  readonly reloaded: boolean;
  readonly answeredRight: boolean;
  /** Messages of the session's earlier documents. */
  readonly entries: readonly TranscriptEntry[];
}

/** The server's answer to a token. */
export interface UserInfoAnswer {
  readonly code: TokenErrorCode | null;
  readonly reason: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly entries: readonly TranscriptEntry[];
}
