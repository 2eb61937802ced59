import { html, type TemplateResult } from 'lit';
import { choiceView, fieldView } from './configurator-views.js';
import type { mistakesIn, Options, TypedOption } from './options.js';

const fields: readonly { id: TypedOption; label: string; hint: string }[] = [
  { id: 'pageUrl', label: 'Your page', hint: 'The URL at which it is published.' },
  { id: 'authEndpoint', label: 'Token endpoint', hint: 'Signs a token for the participant.' },
  {
    id: 'loginUrl',
    label: 'Login page',
    hint: 'Gets return_to. Empty if your page has its own login.',
  },
  {
    id: 'tokenCampaignId',
    label: 'Campaign ID (technical ID)',
    hint: 'Which a token names. It is in the campaign feed, not in the tag.',
  },
  { id: 'height', label: 'Height', hint: 'In pixels. Empty for that of the tag.' },
];

/** All options of a publisher. */
export function optionsView(
  options: Options,
  mistakes: ReturnType<typeof mistakesIn>,
  onChange: (changed: Partial<Options>) => void,
): TemplateResult {
  const typed = fields.map(({ id, label, hint }) =>
    fieldView(id, { label, hint, value: options[id], mistake: mistakes[id] }, (value) =>
      onChange({ [id]: value }),
    ),
  );
  const check = ({ target }: Event): void =>
    onChange({ prefetchToken: (target as HTMLInputElement).checked });
  return html`<div class="options">
    ${typed}
    ${choiceView(
      'Channel and host',
      { page: 'In the page', endpoint: 'From the endpoint' },
      options.values,
      (values) => onChange({ values }),
    )}
    ${choiceView(
      'The login opens',
      { self: 'In place of the page', window: 'In a window' },
      options.loginTarget,
      (loginTarget) => onChange({ loginTarget }),
    )}
    ${choiceView(
      'The campaign starts',
      { eager: 'At once', lazy: 'When it is near', manual: 'When load() is called' },
      options.loading,
      (loading) => onChange({ loading }),
    )}
    ${choiceView(
      'Screen before the login',
      { always: 'Always', auto: 'If signed out', never: 'Never' },
      options.preLogin,
      (preLogin) => onChange({ preLogin }),
    )}
    <fieldset class="choice">
      <legend>Token</legend>
      <label>
        <input type="checkbox" .checked=${options.prefetchToken} @change=${check} />Request it in
        advance
      </label>
    </fieldset>
  </div>`;
}
