import type { Attribute, CampaignSettings } from './campaign-settings.js';
import { elementTag, htmlAttribute, styleOutput } from './markup.js';
import type { Output } from './output.js';

export type FrameworkName = 'react' | 'vue' | 'svelte' | 'solid' | 'preact' | 'angular' | 'astro';

interface Framework {
  readonly label: string;
  readonly files: (settings: CampaignSettings) => readonly Output[];
}

/** The forms of docs/frameworks.md, each with the files of a small component. */
export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  react: { label: 'React', files: react },
  vue: { label: 'Vue', files: vue },
  svelte: { label: 'Svelte', files: svelte },
  solid: { label: 'Solid', files: (settings) => jsx(settings, 'solid') },
  preact: { label: 'Preact', files: (settings) => jsx(settings, 'preact') },
  angular: { label: 'Angular', files: angular },
  astro: { label: 'Astro', files: astro },
};

export type Form = 'html' | FrameworkName;

const labels = Object.entries(frameworks).map(([name, { label }]) => [name, label]);

/** What the markup can be written for. */
export const forms: Readonly<Record<Form, string>> = {
  html: 'HTML',
  ...Object.fromEntries(labels),
} as Record<Form, string>;

export function frameworkOutputs(
  settings: CampaignSettings,
  framework: FrameworkName,
): readonly Output[] {
  return [...frameworks[framework].files(settings), styleOutput(settings)];
}

/** The page's settings, which are set before a campaign starts. */
function settingsFile(
  { campaign }: CampaignSettings,
  { name = 'QualifioCampaign', from = 'qualifio-campaign' } = {},
): Output {
  return {
    name: 'settings.ts',
    code: `import { ${name} } from '${from}';\n\n${name}.allowedHosts = ['${campaign.host}'];`,
  };
}

/** An attribute of a component, in JSX: a text in quotes has no escapes there. */
function prop({ name, value }: Attribute): string {
  const camelCase = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (value === '') return camelCase;
  return /["&\\\n]/.test(value)
    ? `${camelCase}={${JSON.stringify(value)}}`
    : `${camelCase}="${value}"`;
}

/** An attribute of a tag that is no component, in JSX. */
function jsxAttribute({ name, value }: Attribute): string {
  return /["&\\\n]/.test(value)
    ? `${name}={${JSON.stringify(value)}}`
    : `${name}="${value || 'true'}"`;
}

function react(settings: CampaignSettings): readonly Output[] {
  const from = 'qualifio-campaign/react';
  const tag = elementTag(settings.attributes, {
    name: 'QualifioCampaign',
    write: prop,
    close: '/>',
    indent: '    ',
  });
  const code = `import './settings.js';
import type { ReactNode } from 'react';
import { QualifioCampaign } from '${from}';

export function Campaign(): ReactNode {
  return (
${tag}
  );
}`;
  return [
    settingsFile(settings, { name: 'QualifioCampaignElement', from }),
    { name: 'Campaign.tsx', code, note: "In Next.js, add the line 'use client' at its top." },
  ];
}

function jsx(settings: CampaignSettings, framework: 'solid' | 'preact'): readonly Output[] {
  const [type, from] =
    framework === 'solid' ? ['JSX.Element', 'solid-js'] : ['ComponentChild', 'preact'];
  const tag = elementTag(settings.attributes, { write: jsxAttribute, close: '/>', indent: '    ' });
  const code = `import './settings.js';
import 'qualifio-campaign/${framework}';
import type { ${type.split('.')[0]} } from '${from}';

export function Campaign(): ${type} {
  return (
${tag}
  );
}`;
  return [settingsFile(settings), { name: 'Campaign.tsx', code }];
}

function vue(settings: CampaignSettings): readonly Output[] {
  const config = `import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const isCustomElement = (tag: string): boolean => tag === 'qualifio-campaign';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
});`;
  const code = `<script setup lang="ts">
import type {} from 'qualifio-campaign/vue';
import './settings.js';
</script>

<template>
${elementTag(settings.attributes, { close: '/>', indent: '  ' })}
</template>`;
  return [
    settingsFile(settings),
    { name: 'Campaign.vue', code },
    { name: 'vite.config.ts', code: config, note: 'Nuxt: vue.compilerOptions in nuxt.config.ts.' },
  ];
}

function svelte(settings: CampaignSettings): readonly Output[] {
  // Svelte reads { and } in an attribute as an expression.
  const write = (attribute: Attribute): string =>
    htmlAttribute(attribute).replace(/[{}]/g, (brace) => (brace === '{' ? '&#123;' : '&#125;'));
  const code = `<script lang="ts">
  import './settings.js';
</script>

${elementTag(settings.attributes, { write })}`;
  return [
    settingsFile(settings),
    { name: 'Campaign.svelte', code },
    {
      name: 'src/app.d.ts',
      code: "import 'qualifio-campaign/svelte';",
      note: 'Types of the tag. In SvelteKit, move the two lines of settings.ts to src/hooks.client.ts, and remove its import.',
    },
  ];
}

function angular(settings: CampaignSettings): readonly Output[] {
  const from = 'qualifio-campaign/angular';
  // Angular reads {{ in an attribute as an expression, and the template is a literal of JavaScript.
  const write = (attribute: Attribute): string =>
    htmlAttribute(attribute)
      .replaceAll('{', '&#123;')
      .replace(/[\\`]|\$(?=&#123;)/g, '\\$&');
  const code = `import './settings.js';
import { Component } from '@angular/core';
import { QualifioCampaign } from '${from}';

@Component({
  selector: 'app-campaign',
  imports: [QualifioCampaign],
  template: \`
${elementTag(settings.attributes, { write, indent: '    ' })}
  \`,
})
export class Campaign {}`;
  return [
    settingsFile(settings, { name: 'QualifioCampaignElement', from }),
    { name: 'campaign.ts', code },
  ];
}

function astro(settings: CampaignSettings): readonly Output[] {
  const code = `${elementTag(settings.attributes)}

<script>
  import './settings.js';
</script>`;
  return [
    settingsFile(settings),
    { name: 'Campaign.astro', code },
    { name: 'src/env.d.ts', code: "import 'qualifio-campaign/astro';", note: 'Types of the tag.' },
  ];
}
