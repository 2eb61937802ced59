import { expect } from '@open-wc/testing';
import { isHost, isLoopback, isSameHost } from '../../src/config/host.js';

describe('a campaign host', () => {
  for (const host of [
    'jeux.publisher.com',
    'JEUX.Publisher.COM',
    'tenant.qualifioapp.com',
    'a-b.c--d.example',
    'xn--rzte-1na.example',
    '9gag.example',
    'jeux.radio24live.example',
    'localhost',
    'jeux.publisher.localhost:4400',
    '127.0.0.1:4400',
    'jeux.publisher.com:8443',
    'jeux.publisher.com:443',
    'jeux.publisher.com:4430',
    `${'a'.repeat(63)}.example`,
    `${'a.'.repeat(126)}b:8443`,
  ]) {
    it(`can be ${host}`, () => expect(isHost(host)).to.equal(true));
  }

  for (const [what, host] of [
    ['nothing', ''],
    ['a path', 'evil.com/..'],
    ['a path to the campaign host', 'evil.com/jeux.publisher.com'],
    ['a user name', 'ok@evil.com'],
    ['a user name and password', 'jeux.publisher.com:x@evil.com'],
    ['a scheme', 'https://evil.com'],
    ['a relative scheme', '//evil.com'],
    ['a script', 'javascript:alert(1)'],
    ['a backslash', 'evil.com\\'],
    ['a backslash before the host', 'evil.com\\jeux.publisher.com'],
    ['a query', 'evil.com?jeux.publisher.com'],
    ['a fragment', 'evil.com#jeux.publisher.com'],
    ['a tab', 'evil\t.com'],
    ['a line end', 'evil.com\n'],
    ['a line end in the middle', 'jeux.publisher.com\nevil.com'],
    ['a carriage return', 'evil.com\r'],
    ['a space before', ' evil.com'],
    ['a space after', 'evil.com '],
    ['a zero byte', 'evil.com\0'],
    ['an encoded dot', 'evil%2ecom'],
    ['an encoded slash', 'evil.com%2f'],
    ['a trailing dot', 'evil.com.'],
    ['a leading dot', '.evil.com'],
    ['an empty label', 'evil..com'],
    ['a leading hyphen', '-evil.com'],
    ['a trailing hyphen', 'evil-.com'],
    ['an underscore', 'evil_.com'],
    ['a wildcard', '*.publisher.com'],
    ['an IPv6 address', '[::1]'],
    ['a hexadecimal address', '0x7f.1'],
    ['a decimal address', '2130706433'],
    ['an octal address', '0177.0.0.1'],
    ['a shortened address', '127.1'],
    ['a Cyrillic look-alike', 'jеux.publisher.com'],
    ['full-width letters', 'ｊeux.publisher.com'],
    ['an ideographic full stop', 'evil。com'],
    ['a soft hyphen', 'jeux.pub\u00adlisher.com'],
    ['a zero-width space', 'jeux.publisher\u200b.com'],
    ['a right-to-left mark', '\u202ejeux.publisher.com'],
    ['a letter with an accent', 'jeux.éditeur.com'],
    ['a Kelvin sign', 'jeux.\u212aiosk.com'],
    ['an empty port', 'jeux.publisher.com:'],
    ['a port that is not a number', 'jeux.publisher.com:http'],
    ['a port out of range', 'jeux.publisher.com:65536'],
    ['a label of 64 characters', `${'a'.repeat(64)}.example`],
    ['254 characters', `${'a.'.repeat(126)}bc`],
    ['two ports', 'jeux.publisher.com:80:80'],
  ] as const) {
    // @holds T2
    it(`cannot have or be ${what}: ${JSON.stringify(host)}`, () => {
      expect(isHost(host)).to.equal(false);
    });
  }
});

describe('hosts are compared', () => {
  // @holds T2
  it('as a whole, never by suffix or prefix', () => {
    const host = 'jeux.publisher.com';
    expect(isSameHost(host, host)).to.equal(true);
    for (const other of [
      'publisher.com',
      'evil-jeux.publisher.com',
      'eviljeux.publisher.com',
      'a.jeux.publisher.com',
      'jeux.publisher.com.evil.com',
      'jeux.publisher.co',
      'jeuxxpublisher.com',
      'jeux.publisher.com.',
      '*.publisher.com',
      '',
    ]) {
      expect(isSameHost(host, other), other).to.equal(false);
      expect(isSameHost(other, host), other).to.equal(false);
    }
  });

  it('without case', () => {
    expect(isSameHost('Jeux.Publisher.COM', 'jeux.publisher.com')).to.equal(true);
  });

  it('with their port, except 443', () => {
    expect(isSameHost('jeux.publisher.com:8443', 'jeux.publisher.com:8443')).to.equal(true);
    expect(isSameHost('jeux.publisher.com:8443', 'jeux.publisher.com')).to.equal(false);
    expect(isSameHost('jeux.publisher.com:8443', 'jeux.publisher.com:84')).to.equal(false);
    expect(isSameHost('jeux.publisher.com:443', 'jeux.publisher.com')).to.equal(true);
  });

  it('and two invalid hosts are never equal', () => {
    expect(isSameHost('a b', 'a b')).to.equal(false);
    expect(isSameHost('', '')).to.equal(false);
  });
});

describe('a loopback host', () => {
  for (const host of [
    'localhost',
    'www.publisher.localhost',
    '127.0.0.1',
    '127.255.10.42',
    '[::1]',
  ]) {
    it(`is ${host}`, () => expect(isLoopback(host)).to.equal(true));
  }

  for (const host of [
    'publisher.com',
    'localhost.evil.com',
    'evil-localhost',
    'notlocalhost',
    '127.0.0.1.evil.com',
    '127.evil.com',
    '10.0.0.1',
    '192.168.0.1',
    '0.0.0.0',
    '.localhost',
    '[::2]',
    '',
  ]) {
    it(`is not ${JSON.stringify(host)}`, () => expect(isLoopback(host)).to.equal(false));
  }
});
