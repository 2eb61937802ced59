// Whether a policy allows something is what browsers decide: Content Security Policy Level 3, 6.7.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ContentPolicy } from '../../src/doctor/policy/content-policy.js';

const page = new URL('https://www.publisher.com/contest');
const blocked = (policy: string, url: string) =>
  new ContentPolicy([policy], []).blocksFrame({ url: new URL(url), page });

const host = 'https://jeux.publisher.com';
const allowed: [source: string, url: string][] = [
  ['*', host],
  ['https:', host],
  ['http:', host],
  ['https://jeux.publisher.com', `${host}/20/guid/v1.cfm`],
  ['jeux.publisher.com', host],
  ['JEUX.Publisher.com', host],
  ['*.publisher.com', host],
  ['https://*.publisher.com', host],
  ['http://jeux.publisher.com', host],
  ['jeux.publisher.com:443', host],
  ['jeux.publisher.com:*', `${host}:8443`],
  ['jeux.publisher.com/20/', `${host}/20/guid`],
  ['jeux.publisher.com/20', `${host}/20`],
  ["'self'", 'https://www.publisher.com/20'],
  ['wss://jeux.publisher.com', host],
];
const refused: [source: string, url: string][] = [
  ["'none'", host],
  ['', host],
  ["'self'", host],
  ['publisher.com', host],
  ['*.publisher.com', 'https://publisher.com'],
  ['*.publisher.com', 'https://jeuxpublisher.com'],
  ['jeux.publisher.com', `${host}:8443`],
  ['jeux.publisher.com', 'http://jeux.publisher.com'],
  ['jeux.publisher.com/20', `${host}/20/guid`],
];

describe('frame-src', () => {
  for (const [source, url] of allowed) {
    it(`${source} allows ${url}`, () =>
      assert.equal(blocked(`frame-src ${source}`, url), undefined));
  }
  for (const [source, url] of refused) {
    it(`${source || 'without a source'} refuses ${url}`, () =>
      assert.equal(blocked(`frame-src ${source}`, url), 'frame-src'));
  }

  it('falls back to child-src, then to default-src', () => {
    assert.equal(blocked("child-src 'none'; default-src *", host), 'child-src');
    assert.equal(blocked("default-src 'none'", host), 'default-src');
    assert.equal(blocked("script-src 'none'", host), undefined);
  });

  it('counts once, and in each policy of a list', () => {
    assert.equal(blocked("frame-src *; frame-src 'none'", host), undefined);
    assert.equal(
      blocked("frame-src *, frame-src 'none'", host),
      'frame-src in the page’s header (policy 2 of 2)',
    );
  });
});

describe('script-src', () => {
  const url = new URL('https://cdn.example/qualifio-campaign.min.js');
  const load = (
    policy: string,
    more: { nonce?: string; integrity?: string; isInMarkup?: boolean },
  ) => new ContentPolicy([policy], []).blocksScript({ url, page, isInMarkup: true, ...more });
  const cases: [policy: string, more: Parameters<typeof load>[1], directive: string | undefined][] =
    [
      ["script-src 'nonce-abc'", { nonce: 'abc' }, undefined],
      ["script-src 'nonce-abc'", { nonce: 'ABC' }, 'script-src'],
      ["script-src 'nonce-abc'", {}, 'script-src'],
      ["script-src 'nonce-abc' 'strict-dynamic' https:", {}, 'script-src'],
      ["script-src 'nonce-abc' 'strict-dynamic'", { isInMarkup: false }, undefined],
      ["script-src 'sha384-AbC+/='", { integrity: 'sha384-AbC+/=' }, undefined],
      ["script-src 'sha384-AbC+/='", { integrity: 'sha384-AbC+/= sha384-other' }, 'script-src'],
      ["script-src-elem 'none'; script-src *", {}, 'script-src-elem'],
      ['sandbox; script-src *', {}, 'sandbox'],
      ['sandbox allow-scripts; script-src *', {}, undefined],
    ];
  for (const [policy, more, directive] of cases) {
    it(`${policy} ${directive ? 'refuses' : 'allows'} a script with ${JSON.stringify(more)}`, () =>
      assert.equal(load(policy, more), directive));
  }

  it('allows an inline script by nonce, hash or keyword', () => {
    const inline = (policy: string, nonce = '') =>
      new ContentPolicy([policy], []).blocksInline('alert(1)', nonce);
    assert.equal(inline("script-src 'unsafe-inline'"), undefined);
    assert.equal(inline("script-src 'unsafe-inline' 'nonce-abc'"), 'script-src');
    assert.equal(inline("script-src 'nonce-abc'", 'abc'), undefined);
    const hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
    assert.equal(inline(`script-src ${hash}`), undefined);
    assert.equal(inline("script-src 'self'"), 'script-src');
  });
});
