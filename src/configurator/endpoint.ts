import type { CampaignSettings } from './campaign-settings.js';
import { unknownCampaignId, withOwnValues } from './example-values.js';
import type { Output } from './output.js';

/** A server platform: its file of docs/examples/server/, or its page of docs/endpoints/. */
export interface Platform {
  readonly id: string;
  readonly label: string;
  /** The section of the page; without it the page has one framework. */
  readonly section?: string;
}

/** Platforms of docs/server.md. */
export const scriptPlatforms: readonly Platform[] = [
  { id: 'next-route', label: 'Next.js' },
  { id: 'express', label: 'Express' },
  { id: 'fastify', label: 'Fastify' },
  { id: 'hono', label: 'Hono' },
  { id: 'koa', label: 'Koa' },
  { id: 'node-http', label: 'Node’s http' },
  { id: 'nuxt', label: 'Nuxt' },
  { id: 'sveltekit', label: 'SvelteKit' },
  { id: 'solidstart', label: 'SolidStart' },
  { id: 'astro', label: 'Astro' },
  { id: 'cloudflare-worker', label: 'Cloudflare Worker' },
  { id: 'deno', label: 'Deno' },
  { id: 'lambda', label: 'AWS Lambda' },
];

/** Platforms of docs/endpoints/. */
export const otherPlatforms: readonly Platform[] = [
  { id: 'php', label: 'PHP', section: 'Plain PHP' },
  { id: 'php', label: 'PHP, Symfony', section: 'Symfony' },
  { id: 'php', label: 'PHP, Laravel', section: 'Laravel' },
  { id: 'python', label: 'Python, Django', section: 'Django' },
  { id: 'python', label: 'Python, FastAPI', section: 'FastAPI' },
  { id: 'ruby', label: 'Ruby on Rails', section: 'Rails' },
  { id: 'go', label: 'Go' },
  { id: 'java', label: 'Java, Spring', section: 'Spring' },
  { id: 'csharp', label: 'C#, ASP.NET Core' },
];

export const platforms: readonly Platform[] = [...scriptPlatforms, ...otherPlatforms];

/** The endpoint's files for a platform, with the publisher's values. */
export function endpointOutputs(
  settings: CampaignSettings,
  platform: Platform,
  docs: Readonly<Record<string, string>>,
): readonly Output[] {
  const files = scriptPlatforms.includes(platform)
    ? scriptFiles(`${platform.id}.ts`, docs)
    : pageFiles(platform, docs);
  const note = settings.tokenCampaignId
    ? ''
    : `Replace ${unknownCampaignId}: the tag does not have the campaign ID (technical ID). It is in the campaign feed, or ask Qualifio.`;
  return files.map(({ name, code }) => {
    const own = withOwnValues(code, settings);
    return { name, code: own, ...(own.includes(unknownCampaignId) && note && { note }) };
  });
}

/** An example and the examples that it imports, which come after it. */
function scriptFiles(file: string, docs: Readonly<Record<string, string>>): readonly Output[] {
  const found = new Set([file]);
  for (const name of found) {
    const imports = docs[`examples/server/${name}`]?.matchAll(/ from '[^']*\/([\w-]+)(?:\.js)?'/g);
    for (const [, imported] of imports ?? []) {
      if (docs[`examples/server/${imported}.ts`]) found.add(`${imported}.ts`);
    }
  }
  return [...found].map((name) => ({
    name,
    code: docs[`examples/server/${name}`]?.trimEnd() ?? '',
  }));
}

/** The code of a page in docs/endpoints/: what stands before its sections, and one section. */
function pageFiles(
  { id, section, label }: Platform,
  docs: Readonly<Record<string, string>>,
): readonly Output[] {
  const [shared = '', ...sections] = (docs[`endpoints/${id}.md`] ?? '').split(/^## /m);
  const own = sections.find((text) => section !== undefined && text.startsWith(section)) ?? '';
  const rest = section === undefined ? sections.join('') : own;
  const blocks = (shared + rest).matchAll(/^(?:`([^`\n]+)`\n\n)?^```\w+\n([^]*?)^```/gm);
  return [...blocks].map(([, file, code = '']) => ({
    name: file ?? `${label}: where your server has its routes`,
    code: code.trimEnd(),
  }));
}
