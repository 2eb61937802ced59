import { promises as dns } from 'node:dns';
import { connect as tlsConnect, type PeerCertificate } from 'node:tls';
import { isLoopback } from '../../config/host.js';
import type { Context } from '../context.js';
import { bodyKind, isRedirect, redirectOrigin } from '../http/headers.js';
import { connecting, failureOf, RequestFailure } from '../http/requester.js';
import { failureVerdict, type Verdict } from '../report.js';
import { isSameSite, isVendorHost } from './site.js';

/** Milliseconds for a look-up, and for a TLS connection. */
const patience = 10_000;

/** Checks the names and certificates of the servers that a set-up needs, each once. */
export async function checkHosts(context: Context, servers: readonly URL[]): Promise<void> {
  const { report } = context;
  if (!report.wants('host-resolves', 'host-https', 'host-certificate')) return;
  const origins = new Map(servers.map((url) => [url.origin, url]));
  const resolved = new Map<string, boolean>();
  for (const url of origins.values()) {
    const name = context.secrets.hide(url.hostname);
    context.progress(`host ${name}`);
    if (!resolved.has(url.hostname)) {
      const verdict = await resolveHost(url.hostname);
      resolved.set(url.hostname, verdict[0] !== 'fail');
      report.add('host-resolves', name, verdict);
    }
    const subject = context.secrets.hide(url.host);
    const isPlain = url.protocol === 'http:';
    const isOpen = isPlain && !isLoopback(url.hostname);
    const scheme = isOpen ? 'http' : isPlain ? 'http on loopback' : 'https';
    report.add('host-https', subject, [isOpen ? 'fail' : 'pass', scheme]);
    if (isPlain) {
      report.add('host-certificate', subject, ['skipped', 'http has no certificate']);
    } else if (resolved.get(url.hostname)) {
      report.add('host-certificate', subject, await checkCertificate(url, context));
    } else {
      report.add('host-certificate', subject, ['skipped', 'the name does not resolve']);
    }
    context.signal.throwIfAborted();
  }
}

/** Checks where a campaign is served, as seen from its page. */
export function checkCampaignHost({ report, secrets }: Context, page: URL, host: URL): void {
  const name = secrets.hide(host.hostname);
  if (isVendorHost(host.hostname)) {
    report.add('host-vendor', name, ['warn', 'a host of Qualifio, without a name of your own']);
    report.add('host-site', name, ['skipped', 'it is a host of Qualifio: see host-vendor']);
    return;
  }
  report.add('host-vendor', name, ['pass', 'a name of its own']);
  const verdict: Verdict = isSameSite(host, page)
    ? ['pass', 'on the site of the page']
    : ['warn', `on another site than the page, ${page.hostname}`];
  report.add('host-site', name, verdict);
}

/** Checks that a kit's URL answers with a script. */
export async function checkKit({ report, requester, secrets }: Context, kit: URL): Promise<void> {
  if (!report.wants('host-kit')) return;
  const subject = secrets.hide(kit.href);
  const headers = { Accept: '*/*', 'Sec-Fetch-Dest': 'script', 'Sec-Fetch-Mode': 'no-cors' };
  const answer = await requester.attempt({ url: kit, headers });
  if (answer instanceof RequestFailure) {
    return report.add('host-kit', subject, failureVerdict(report, answer));
  }
  const { status } = answer;
  const kind = bodyKind(answer);
  if (isRedirect(answer)) {
    const origin = secrets.hide(redirectOrigin(answer, kit));
    report.add('host-kit', subject, ['fail', `answers ${status}, a redirect to ${origin}`]);
  } else if (status !== 200 || kind !== 'text') {
    report.add('host-kit', subject, ['fail', `answers ${status} with ${kind}, not a script`]);
  } else {
    report.add('host-kit', subject, ['pass', 'answers with a script']);
  }
}

async function resolveHost(hostname: string): Promise<Verdict> {
  const name = hostname.replace(/^\[|\]$/g, '');
  if (isLoopback(hostname)) return ['pass', 'a loopback name, which needs no look-up'];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RequestFailure('timeout', `no answer of the DNS in ${patience / 1000} s`)),
      patience,
    );
  });
  try {
    const addresses = await Promise.race([dns.lookup(name, { all: true }), late]);
    return ['pass', `${addresses.length} ${addresses.length === 1 ? 'address' : 'addresses'}`];
  } catch (error) {
    return ['fail', (error instanceof RequestFailure ? error : failureOf(error)).message];
  } finally {
    clearTimeout(timer);
  }
}

async function checkCertificate(url: URL, { secrets }: Context): Promise<Verdict> {
  try {
    const { fault, certificate } = await readCertificate(url);
    const until = secrets.hide(certificate.valid_to ?? '');
    if (fault) return ['fail', describe(fault, certificate, secrets.hide.bind(secrets))];
    return ['pass', `valid until ${until}`];
  } catch (error) {
    return ['fail', (error instanceof RequestFailure ? error : failureOf(error)).message];
  }
}

function describe(
  fault: string,
  certificate: PeerCertificate,
  hide: (text: string) => string,
): string {
  if (fault === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the certificate is for another name: ${hide(certificate.subjectaltname ?? 'none')}`;
  }
  if (fault === 'CERT_HAS_EXPIRED') {
    return `the certificate has expired: ${hide(certificate.valid_to ?? '')}`;
  }
  return `the certificate is not accepted (${fault})`;
}

function readCertificate(url: URL): Promise<{ fault: string; certificate: PeerCertificate }> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isName = !/^[\d.]+$|:/.test(host);
    const socket = tlsConnect({
      host,
      port: Number(url.port || 443),
      ...(isName && { servername: host }),
      ...connecting,
      // What is wrong is reported; nothing is sent.
      rejectUnauthorized: false,
      timeout: patience,
    });
    socket.once('secureConnect', () => {
      const error = socket.authorizationError as Error | string | undefined;
      const code = (error as NodeJS.ErrnoException | undefined)?.code;
      resolve({
        fault: error ? (code ?? (typeof error === 'string' ? error : error.message)) : '',
        certificate: socket.getPeerCertificate(),
      });
      socket.destroy();
    });
    socket.once('timeout', () => {
      reject(new RequestFailure('timeout', `no TLS connection in ${patience / 1000} s`));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
