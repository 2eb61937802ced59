// The name of a campaign's host, as the DNS answers for it: only where it leads counts.
import assert from 'node:assert/strict';
import dns from 'node:dns';
import { describe, it, mock } from 'node:test';
import { checks } from '../../src/doctor/check-table.js';
import { checkCampaignHost, checkHosts } from '../../src/doctor/host/host-checks.js';
import { Requester } from '../../src/doctor/http/requester.js';
import { Report } from '../../src/doctor/report.js';
import { Secrets } from '../../src/doctor/secrets.js';
import { wrongIn } from './examined.js';

/** What the DNS has for a name: the name that it stands for, or addresses. */
type Records = Readonly<Record<string, { readonly cname: string } | { readonly a: string }>>;

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** Answers as a resolver does: it follows each CNAME. */
function addressOf(records: Records, name: string): string {
  const record = records[name];
  if (!record) throw failure('ENOTFOUND');
  return 'a' in record ? record.a : addressOf(records, record.cname);
}

const vendor = 'tenant.qualifioapp.com';
const page = new URL('http://www.publisher.com/contest');
const rows: readonly [what: string, host: string, records: Records, wrong: readonly string[]][] = [
  [
    'a CNAME that the DNS shows',
    'jeux.publisher.com',
    { 'jeux.publisher.com': { cname: vendor }, [vendor]: { a: '192.0.2.1' } },
    [],
  ],
  [
    'a CNAME that the DNS hides behind an address',
    'jeux.publisher.com',
    { 'jeux.publisher.com': { a: '192.0.2.1' } },
    [],
  ],
  [
    'a CNAME to a name that does not exist',
    'jeux.publisher.com',
    { 'jeux.publisher.com': { cname: vendor } },
    ['host-resolves fail'],
  ],
  ['a name without a record', 'jeux.publisher.com', {}, ['host-resolves fail']],
  [
    'a CNAME of another site',
    'jeux.agency.com',
    { 'jeux.agency.com': { cname: vendor }, [vendor]: { a: '192.0.2.1' } },
    ['host-site warn'],
  ],
  [
    'the name of another publisher under a public suffix',
    'jeux.other.co.uk',
    { 'jeux.other.co.uk': { a: '192.0.2.1' } },
    ['host-site warn'],
  ],
  ['the host of Qualifio itself', vendor, { [vendor]: { a: '192.0.2.1' } }, ['host-vendor warn']],
];

describe('the host of a campaign is', () => {
  for (const [what, host, records, wrong] of rows) {
    it(`${wrong.length > 0 ? wrong.join() : 'right'} with ${what}`, async (t) => {
      const look = mock.method(dns.promises, 'lookup', (name: string) =>
        Promise.resolve().then(() => [{ address: addressOf(records, name), family: 4 }]),
      );
      t.after(() => look.mock.restore());
      const { signal } = new AbortController();
      const chosen = new Set(checks.map(({ id }) => id).filter((id) => id !== 'host-https'));
      const context = {
        report: new Report(chosen, 'https://docs.example/doctor.md'),
        requester: new Requester('0.0.0', 2000, signal),
        secrets: new Secrets([]),
        progress: () => undefined,
        ...{ signal, options: undefined as never },
      };
      const url = new URL(`http://${host}`);
      await checkHosts(context, [url]);
      checkCampaignHost(context, page, url);
      assert.deepEqual(wrongIn(context.report), wrong);
      assert.equal(look.mock.callCount(), 1);
    });
  }
});
