import {
  html,
  LitElement,
  nothing,
  type CSSResult,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { settingsOf, type CampaignSettings } from './campaign-settings.js';
import { choiceView, outputView, readingView, selectView } from './configurator-views.js';
import { doctorCommand } from './doctor-command.js';
import { endpointOutputs, otherPlatforms, platforms, scriptPlatforms } from './endpoint.js';
import { forms, frameworkOutputs, type Form } from './framework-markup.js';
import { htmlOutputs, type Release, type ScriptSource } from './markup.js';
import { defaultOptions, mistakesIn, type Options } from './options.js';
import { optionsView } from './options-view.js';
import type { Output } from './output.js';
import { readPastedText, type FoundCampaign } from './pasted-text.js';
import { policies, type PolicyName } from './policy-names.js';
import { policyOutput } from './policy.js';
import { previewHash } from './preview.js';
import { styles } from './qualifio-configurator.styles.js';

/**
 * Reads a pasted tag or feed item, and writes what a publisher needs: markup, policy, token endpoint
 * and the doctor's command, each with a button that copies it. It sends and stores nothing.
 *
 * A `<template>` child has an example tag. `preview` is the URL of a page of the same origin that
 * loads this module and has an element for `showPreview`; without it, none is offered.
 */
export class QualifioConfigurator extends LitElement {
  static override styles: CSSResult = styles;
  static override properties: PropertyDeclarations = {
    preview: {},
    ...Object.fromEntries(
      ['text', 'found', 'chosen', 'mistake', 'options', 'form', 'source', 'policy', 'platform']
        .concat('note', 'copied', 'isSignedIn', 'isNarrow', 'running')
        .map((name) => [name, { state: true }]),
    ),
  };
  /** Texts of docs/ by their path there. */
  static docs: Readonly<Record<string, string>> = {};
  static release: Release = { version: '', integrity: '' };

  preview = '';
  protected text = '';
  protected found: readonly FoundCampaign[] = [];
  protected chosen = 0;
  protected mistake = '';
  protected options: Options = defaultOptions;
  protected form: Form = 'html';
  protected source: ScriptSource = 'cdn';
  protected policy: PolicyName = 'host-list';
  protected platform = 0;
  protected note = '';
  /** The code that was copied last. */
  protected copied = '';
  protected isSignedIn = false;
  protected isNarrow = false;
  /** How often the preview was started; 0 if it does not run. */
  protected running = 0;

  protected override render(): TemplateResult {
    const campaign = this.found[this.chosen];
    const mistakes = mistakesIn(this.options);
    const isRight = Object.keys(mistakes).length === 0;
    const settings = campaign && isRight ? settingsOf(campaign, this.options) : null;
    return html`
      ${this.#renderPaste(campaign)}
      ${
        campaign
          ? html`<section>
              <h3>2. Choose</h3>
              ${optionsView(this.options, mistakes, (options) => {
                this.options = { ...this.options, ...options };
                this.running = 0;
              })}
            </section>`
          : nothing
      }
      ${campaign && !settings ? html`<p class="mistake">Correct the marked options.</p>` : nothing}
      ${settings ? html`${this.#renderOutputs(settings)} ${this.#renderPreview(settings)}` : nothing}
      <p role="status">${this.note}</p>
    `;
  }

  #renderPaste(campaign?: FoundCampaign): TemplateResult {
    const example = this.querySelector('template')?.innerHTML.trim();
    const titles = this.found.map(({ title, campaignId }) => `${campaignId} ${title}`.trim());
    return html`<section>
      <h3>1. Paste</h3>
      <div class="field">
        <label for="paste">The JS tag from Qualifio Manager, or an item of the campaign feed</label>
        <textarea
          id="paste"
          spellcheck="false"
          autocomplete="off"
          aria-describedby="paste-hint paste-mistake"
          aria-invalid=${this.mistake ? 'true' : 'false'}
          .value=${this.text}
          @input=${({ target }: Event) => this.#read((target as HTMLTextAreaElement).value)}
        ></textarea>
        <p id="paste-hint" class="hint">
          It is read in this page and never executed. Nothing is sent or stored.
        </p>
        <p id="paste-mistake" class="mistake" role="alert">${this.mistake}</p>
      </div>
      <div class="actions">
        ${
          example
            ? html`<button type="button" @click=${() => this.#read(example)}>
                Use the example
              </button>`
            : nothing
        }
      </div>
      ${
        titles.length > 1
          ? selectView('Campaign', { '': titles }, this.chosen, (index) => {
              this.chosen = index;
              this.running = 0;
            })
          : nothing
      }
      ${
        campaign
          ? readingView(campaign, this.options.tokenCampaignId || campaign.tokenCampaignId)
          : nothing
      }
    </section>`;
  }

  #renderOutputs(settings: CampaignSettings): TemplateResult {
    const { docs, release } = QualifioConfigurator;
    const [source, policy] = [this.source, this.policy];
    const form = this.form;
    const platform = platforms[this.platform] ?? platforms[0]!;
    const isHtml = form === 'html';
    const markup = isHtml
      ? htmlOutputs(settings, { release, source, policy })
      : frameworkOutputs(settings, form);
    return html`<section>
      <h3>3. Copy</h3>
      ${choiceView('Form', forms, form, (value) => (this.form = value))}
      ${
        isHtml
          ? choiceView(
              'The library’s file',
              { cdn: 'From a CDN', own: 'From my server' },
              source,
              (value) => (this.source = value),
            )
          : nothing
      }
      ${this.#renderAll(markup)}
      <h4>Content-Security-Policy</h4>
      ${choiceView('Policy', policies, policy, (value) => (this.policy = value))}
      ${this.#renderAll([policyOutput(settings, policy, { docs, release, source: isHtml ? source : 'own' })])}
      <h4>Token endpoint</h4>
      ${selectView(
        'Server',
        {
          JavaScript: scriptPlatforms.map(({ label }) => label),
          'Other languages': otherPlatforms.map(({ label }) => label),
        },
        this.platform,
        (index) => (this.platform = index),
      )}
      ${this.#renderAll(endpointOutputs(settings, platform, docs))}
      <h4>Check it when it is published</h4>
      ${this.#renderAll([doctorCommand(settings, isHtml)])}
    </section>`;
  }

  #renderAll(outputs: readonly Output[]): readonly TemplateResult[] {
    return outputs.map((output) =>
      outputView(output, output.code === this.copied, (code) => void this.#copy(code)),
    );
  }

  #renderPreview(settings: CampaignSettings): TemplateResult | typeof nothing {
    if (!this.preview) return nothing;
    const { channelId } = settings.campaign;
    const others = settings.attributes.filter(({ name }) => name !== 'channel-id');
    const attributes = [...others, { name: 'channel-id', value: channelId }];
    const hash = previewHash({ attributes, isSignedIn: this.isSignedIn });
    return html`<section>
      <h3>4. Try it</h3>
      <p>A simulated campaign with your options. Its questions are not those of your campaign.</p>
      <div class="options">
        ${choiceView(
          'Participant',
          { out: 'Signed out', in: 'Signed in' },
          this.isSignedIn ? 'in' : 'out',
          (value) => {
            this.isSignedIn = value === 'in';
            this.running = 0;
          },
        )}
        ${choiceView(
          'Width',
          { wide: 'This page', narrow: 'Phone, 320 px' },
          this.isNarrow ? 'narrow' : 'wide',
          (value) => (this.isNarrow = value === 'narrow'),
        )}
      </div>
      <div class="actions">
        <button type="button" class="first" @click=${() => this.running++}>
          ${this.running === 0 ? 'Start the preview' : 'Start again'}
        </button>
      </div>
      ${this.running === 0 ? nothing : keyed(this.running, this.#renderFrame(hash))}
    </section>`;
  }

  #renderFrame(hash: string): TemplateResult {
    return html`<iframe
      title="Preview of the campaign"
      class=${this.isNarrow ? 'narrow' : ''}
      src=${this.preview + hash}
    ></iframe>`;
  }

  #read(text: string): void {
    this.text = text;
    this.chosen = 0;
    this.running = 0;
    try {
      this.found = text.trim() === '' ? [] : readPastedText(text);
      this.mistake = '';
    } catch (error) {
      this.found = [];
      this.mistake = (error as Error).message;
    }
  }

  async #copy(code: HTMLElement): Promise<void> {
    this.note = '';
    try {
      await navigator.clipboard.writeText(code.textContent);
      this.copied = code.textContent;
      this.note = `Copied: ${code.ariaLabel}.`;
    } catch {
      getSelection()?.selectAllChildren(code);
      this.note =
        'The browser did not allow copying. The text is selected: copy it with the keyboard.';
    }
  }
}
