import type { Frame, Page } from '@playwright/test';

/** What is known of a page and its elements in it; not more than evaluate can return. */
interface Found {
  /** Tag numbers of the frames that were made. */
  readonly frames: readonly string[];
  readonly matching: number;
  readonly elements: readonly string[];
}

/** Sentences for an error: what a page has in place of a campaign that a selector finds. */
export async function describePage(page: Page, selector: string): Promise<string> {
  if (page.isClosed()) return 'The page is closed.';
  const { frames, matching, elements } = await page.evaluate(lookAround, selector);
  if (matching > 1) {
    return `The page has ${matching} campaigns: choose one with ${frames.map(tagOf).join(' or ')}.`;
  }
  if (matching === 1) return describeFrame(page, selector);
  const others = frames.length > 0 ? ` It has campaigns for ${frames.join(', ')}.` : '';
  const states = elements.map((element) => ` It has ${element}.`).join('');
  return `The page ${page.url()} has no frame of ${elements.length + frames.length > 0 ? 'this' : 'a'} campaign.${others}${states}`;
}

function tagOf(number: string): string {
  return `campaign.tag('${number}')`;
}

async function describeFrame(page: Page, selector: string): Promise<string> {
  const element = await page.locator(selector).elementHandle();
  const frame = await element?.contentFrame();
  const state = await frame?.evaluate(readStep).catch(() => null);
  if (!frame || !state)
    return `Its frame shows ${shown(frame)}, which is not a simulated campaign.`;
  const { step, code, reason } = state;
  const why = step === 'blocked' ? `, because of ${code}: ${reason}` : '';
  const advice = step === 'connecting' ? ': it waits for the page to send a token' : '';
  return `It is at "${step}"${why}${advice}.`;
}

function shown(frame: Frame | null | undefined): string {
  return frame?.url() || 'no document';
}

/** Runs in the page. */
function lookAround(selector: string): Found {
  type Element = HTMLElement & {
    status?: string;
    error?: { code: string; message: string } | null;
  };
  const numberOf = ({ id }: { id: string }): string => /\d+$/.exec(id)?.[0] ?? '';
  const made = [...document.querySelectorAll('iframe.qualifio_iframe_tag')];
  return {
    frames: made.map((frame) => numberOf(frame.parentElement ?? frame)),
    matching: document.querySelectorAll(selector).length,
    elements: [...document.querySelectorAll<Element>('qualifio-campaign')].map((element) => {
      const { status, error } = element;
      if (status === undefined) return '<qualifio-campaign>, which no script has defined';
      const problem = error ? ` (${error.code}: ${error.message})` : '';
      return `<qualifio-campaign> with the status "${status}"${problem}`;
    }),
  };
}

/** Runs in the campaign's frame. */
function readStep(): { step: string; code: string; reason: string } | null {
  const step = document.getElementById('campaign')?.dataset['step'];
  const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';
  return step === undefined ? null : { step, code: textOf('code'), reason: textOf('reason') };
}
