// What the configurator reads, and that what it writes is code of each framework and of each server.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { transformAsync } from '@babel/core';
import ContentSecurityPolicy from 'content-security-policy-parser';
import { transform } from 'esbuild';
import { parseFragment } from 'parse5';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import { settingsOf, type CampaignSettings } from '../../src/configurator/campaign-settings.js';
import { doctorCommand } from '../../src/configurator/doctor-command.js';
import { endpointOutputs, platforms } from '../../src/configurator/endpoint.js';
import {
  frameworkOutputs,
  frameworks,
  type FrameworkName,
} from '../../src/configurator/framework-markup.js';
import { htmlOutputs } from '../../src/configurator/markup.js';
import { defaultOptions, mistakesIn, type Options } from '../../src/configurator/options.js';
import { readPastedText } from '../../src/configurator/pasted-text.js';
import { policies, type PolicyName } from '../../src/configurator/policy-names.js';
import { policyOutput } from '../../src/configurator/policy.js';
import { fromFeed, fromSite } from '../support/published-tags.js';

const item = {
  channelId: 'D2719A5E-0C4B-4E7F-9A13-5B6E8F704C21',
  channel: 'WIDGET',
  id: 220417,
  campaign: { campaignId: 7788, campaignTitle: 'Harbour quiz' },
  integration: { javascript: fromFeed },
};
const miniSite = { ...item, channel: 'MINISITE', integration: { javascript: '' } };

function settings(tag = fromFeed, changes: Partial<Options> = {}): CampaignSettings {
  return settingsOf(readPastedText(tag)[0]!, { ...defaultOptions, ...changes });
}

/** The texts of docs/ that the built configurator contains. */
async function readDocs(): Promise<Record<string, string>> {
  const { load } = await packageTexts();
  const code = load('\0package:docs');
  return JSON.parse(code.replace('export default ', '')) as Record<string, string>;
}

async function packageTexts(): Promise<{ load(id: string): string }> {
  const config = (await import(new URL('../../rollup.config.mjs', import.meta.url).href)) as {
    default: readonly { plugins: readonly { name: string }[] }[];
  };
  const plugins = config.default.flatMap((bundle) => bundle.plugins);
  return plugins.find(({ name }) => name === 'package-texts') as unknown as {
    load(id: string): string;
  };
}

describe('the pasted text', () => {
  it('is a tag, or items of a feed, of which those with a tag count', () => {
    assert.equal(readPastedText(fromSite)[0]?.campaignId, '3391002');
    assert.equal(readPastedText(fromSite)[0]?.tokenCampaignId, '');
    for (const pasted of [item, [item], { channels: [miniSite, item] }]) {
      const [found, ...others] = readPastedText(JSON.stringify(pasted));
      assert.deepEqual(others, []);
      assert.deepEqual(
        [found?.title, found?.campaignId, found?.tokenCampaignId],
        ['Harbour quiz', '220417', '7788'],
      );
    }
  });

  for (const [pasted, message] of [
    ['<p>Hello</p>', /The pasted tag must be one createIframe command, not 0: it is not a JS tag/],
    [`${fromFeed}${fromSite}`, /not 2: paste one tag/],
    [JSON.stringify(item).slice(0, -9), /not complete JSON. Copy the item from its first {/],
    [JSON.stringify(miniSite), /no JS tag in integration.javascript/],
    ['[]', /no JS tag/],
    [JSON.stringify({ ...item, integration: { javascript: 'x' } }), /it is not a JS tag/],
    [' '.repeat(9) + 'x'.repeat(1_000_001), /more than 1,000,000 characters/],
  ] as const) {
    it(`is refused with a reason: ${message.source}`, () => {
      assert.throws(() => readPastedText(pasted), { message });
    });
  }
});

describe('the options', () => {
  for (const [changes, mistake] of [
    [{ pageUrl: 'www.publisher.com' }, { pageUrl: /an https URL, or http on localhost/ }],
    [{ pageUrl: 'http://www.publisher.com/' }, { pageUrl: /https/ }],
    [{ authEndpoint: '' }, { authEndpoint: /a path on your site, such as \/qualifio\/token/ }],
    [{ authEndpoint: 'javascript:alert(1)' }, { authEndpoint: /https/ }],
    [{ loginUrl: 'http://login.publisher.com' }, { loginUrl: /such as \/login/ }],
    [{ tokenCampaignId: 'x' }, { tokenCampaignId: /The campaign ID must be the digits/ }],
    [{ height: '10em' }, { height: /The height must be pixels or a percentage/ }],
    [{ pageUrl: 'http://localhost:3000/', loginUrl: '', height: '80%' }, {}],
  ] as const) {
    it(`${JSON.stringify(changes)}: ${Object.keys(mistake).join() || 'right'}`, () => {
      const mistakes = mistakesIn({ ...defaultOptions, ...changes });
      assert.deepEqual(Object.keys(mistakes), Object.keys(mistake));
      for (const [name, text] of Object.entries(mistake)) {
        assert.match(mistakes[name as keyof typeof mistakes] ?? '', text);
      }
    });
  }

  it('are attributes only where they differ from the defaults', () => {
    const names = (each: CampaignSettings) => each.attributes.map(({ name }) => name).join(' ');
    const basic = 'campaign-id channel-id host auth-endpoint login-url';
    assert.equal(names(settings()), `${basic} height`);
    assert.equal(names(settings(fromSite)), `${basic} width height frame-style`);
    assert.equal(
      names(settings(fromSite, { values: 'endpoint' })),
      'campaign-id auth-endpoint login-url',
    );
    const all = { loginTarget: 'window', loading: 'lazy', preLogin: 'auto' } as const;
    assert.equal(
      names(settings(fromFeed, { ...all, prefetchToken: true })),
      `${basic} login-target loading pre-login height prefetch-token`,
    );
  });
});

/** Characters that every language writes in its own way. */
const odd = `/token?a="{x}"&b=\`\${y}\`\\n`;

/** The endpoint in markup. */
function endpointIn(markup: string): string | undefined {
  const [found] =
    /<qualifio-campaign[^]*<\/qualifio-campaign>|<qualifio-campaign[^]*\/>/.exec(markup) ?? [];
  const [element] = parseFragment(found ?? '').childNodes;
  const attributes = element && 'attrs' in element ? element.attrs : [];
  return attributes.find(({ name }) => name === 'auth-endpoint')?.value;
}

/** The text of a template literal. */
const cooked = (code: string): string => code.replace(/\\([\\`$])/g, '$1');

/** Compiles a file; the result says which endpoint it has, or undefined if the file has no element. */
const compilers: Readonly<Record<string, (code: string) => Promise<string | undefined>>> = {
  ts: async (code) => {
    await transform(code, { loader: 'ts' });
    const template = /template: `([^]*)`,/.exec(code)?.[1];
    return template && endpointIn(cooked(template));
  },
  tsx: async (code) => {
    const { code: js } = await transform(code, { loader: 'tsx' });
    return js.includes(JSON.stringify(odd)) || js.includes(`'${odd.replace('\\', '\\\\')}'`)
      ? odd
      : js;
  },
  vue: async (code) => {
    const { descriptor, errors } = parseVue(code);
    const source = descriptor.template?.content ?? '';
    const template = compileTemplate({ source, filename: 'a.vue', id: 'a' });
    assert.deepEqual([errors, template.errors], [[], []]);
    return template.code.includes(JSON.stringify(odd)) ? odd : template.code;
  },
  svelte: async (code) => endpointIn(cooked(compileSvelte(code, { generate: 'server' }).js.code)),
  astro: async (code) => endpointIn(code),
};

describe('the markup of a framework', () => {
  for (const name of Object.keys(frameworks) as FrameworkName[]) {
    it(`${name}: each file compiles, and any endpoint stays one value`, async () => {
      const changes = { authEndpoint: odd, prefetchToken: true };
      const outputs = frameworkOutputs(settings(fromSite, changes), name);
      const found = new Set<string | undefined>();
      for (const { name: file, code } of outputs) {
        found.add(await compilers[file.split('.').at(-1) ?? '']?.(code));
      }
      assert.deepEqual([...found].filter(Boolean), [odd]);
      assert.match(outputs[0]?.code ?? '', /allowedHosts = \['concours.journal.example'\];$/);
      assert.match(outputs.at(-1)?.code ?? '', /display: block/);
    });
  }

  it('solid compiles with its own compiler', async () => {
    const { code } = frameworkOutputs(settings(), 'solid').find(({ name }) => /tsx$/.test(name))!;
    const options = { presets: ['solid'] };
    const { code: js } = await transform(code, { loader: 'tsx', jsx: 'preserve' });
    const result = await transformAsync(js, { ...options, configFile: false });
    assert.match(result?.code ?? '', /qualifio-campaign/);
  });
});

describe('the policy', () => {
  const release = { version: '1.2.3', integrity: 'sha384-abc' };
  for (const policy of Object.keys(policies) as PolicyName[]) {
    it(`${policy}: has the campaign’s host and the endpoint’s origin`, async () => {
      const own = settings(fromFeed, { authEndpoint: 'https://api.publisher.com/token' });
      const use = { docs: await readDocs(), release, source: 'cdn' } as const;
      const [, value = ''] = policyOutput(own, policy, use).code.split(': ');
      const directives = ContentSecurityPolicy(value);
      assert.deepEqual(directives.get('frame-src'), ['https://jeux.gazette.example']);
      assert.deepEqual(directives.get('connect-src'), ["'self'", 'https://api.publisher.com']);
      assert.doesNotMatch(value, /jeux.publisher.com|HASH/);
      const scripts = directives.get('script-src')?.join(' ') ?? '';
      const html = htmlOutputs(own, { release, source: 'cdn', policy })[0]!.code;
      if (policy === 'host-list' || policy === 'trusted-types') assert.match(scripts, /jsdelivr/);
      else if (policy === 'hash') assert.match(scripts, /'sha384-abc'/);
      else assert.ok(html.includes(`nonce="${/'nonce-(\w+)'/.exec(scripts)?.[1]}"`));
    });
  }
});

describe('the endpoint', () => {
  for (const platform of platforms) {
    it(`${platform.label}: has the publisher’s values, and no example’s`, async () => {
      const docs = await readDocs();
      const own = settings(JSON.stringify(item), { pageUrl: 'https://www.gazette.example/quiz' });
      const outputs = endpointOutputs(own, platform, docs);
      const code = outputs.map((output) => output.code).join('\n');
      for (const value of ['220417', '7788', 'jeux.gazette.example']) {
        assert.ok(code.includes(value), `${value}\n${code}`);
      }
      assert.doesNotMatch(code, /123456|98765|jeux\.publisher|www\.publisher/);
      assert.ok(outputs.every(({ name }) => name !== ''));
      const unknown = endpointOutputs(settings(), platform, docs);
      assert.ok(unknown.some(({ note }) => note?.startsWith('Replace CAMPAIGN-ID')));
    });
  }
});

it('the doctor’s command is quoted for a shell, and names the endpoint if script makes the element', () => {
  const page = { pageUrl: "https://www.gazette.example/it's?a=1&b=2" };
  const { code } = doctorCommand(settings(JSON.stringify(item), page), false);
  assert.ok(code.includes(`qualifio-doctor 'https://www.gazette.example/it'\\''s?a=1&b=2'`), code);
  assert.match(code, /--token-campaign 7788 \\\n {2}--endpoint \S+\/qualifio\/token/);
  assert.match(code, /--campaign 220417$/);
  assert.doesNotMatch(doctorCommand(settings(), true).code, /--endpoint|--token-campaign/);
});

it('every option of the doctor’s command exists', async () => {
  const { code } = doctorCommand(settings(JSON.stringify(item)), false);
  const docs = await readFile(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  for (const [flag] of code.matchAll(/ --[\w-]+/g))
    assert.ok(docs.includes(`\`${flag.trim()} `), flag);
});
