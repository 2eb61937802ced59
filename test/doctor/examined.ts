import { checks } from '../../src/doctor/check-table.js';
import type { DoctorOptions } from '../../src/doctor/command/options.js';
import { examine } from '../../src/doctor/examine.js';
import { Requester } from '../../src/doctor/http/requester.js';
import { Report } from '../../src/doctor/report.js';
import { Secrets } from '../../src/doctor/secrets.js';
import { cookie as usualCookie } from './healthy-site.js';

/** Examines a set-up in this process. @param patience milliseconds that each answer gets; the command gives them as many. */
export async function examined(
  options: Partial<DoctorOptions>,
  { skip = [], patience = 10_000 }: { skip?: readonly string[]; patience?: number } = {},
): Promise<Report> {
  const ids = checks.map(({ id }) => id).filter((id) => !skip.includes(id));
  const chosen = new Set(ids);
  const report = new Report(chosen, 'https://docs.example/doctor.md');
  const secrets = new Secrets([options.url?.href ?? '', options.endpoint?.href ?? '']);
  const cookie = 'cookie' in options ? options.cookie : usualCookie;
  if (cookie !== undefined) secrets.addCookie(cookie);
  const { signal } = new AbortController();
  await examine({
    report,
    secrets,
    signal,
    requester: new Requester('0.0.0', patience, signal),
    progress: () => undefined,
    options: {
      ...{ url: undefined, endpoint: undefined, campaigns: [], jwks: undefined },
      ...{ publicKey: undefined, secret: undefined, tokenCampaign: '98765', chosen },
      ...options,
      cookie,
    },
  });
  return report;
}

/** What is wrong by a report: `id result`, each once. */
export function wrongIn({ findings }: Report): string[] {
  const wrong = findings.filter(({ result }) => result === 'fail' || result === 'warn');
  return [...new Set(wrong.map(({ id, result }) => `${id} ${result}`))];
}
