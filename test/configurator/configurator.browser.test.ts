import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import { previewHash, showPreview } from '../../src/configurator/preview.js';
import { QualifioConfigurator } from '../../src/configurator/qualifio-configurator.js';
import { fromFeed } from '../support/published-tags.js';
import { taskWithoutTimer } from '../support/task.js';

customElements.define('qualifio-configurator', QualifioConfigurator);

/** A configurator in which a text was pasted. */
async function pasted(text: string): Promise<{ element: QualifioConfigurator; root: ShadowRoot }> {
  const element = await fixture<QualifioConfigurator>(
    html`<qualifio-configurator preview="about:blank"></qualifio-configurator>`,
  );
  const root = element.shadowRoot!;
  const field = root.querySelector('textarea')!;
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
  return { element, root };
}

const item = (id: number): object => ({
  campaign: { campaignId: id, campaignTitle: `Quiz ${id}` },
  integration: { javascript: fromFeed },
});

describe('the configurator', () => {
  it('has outputs for each form, policy and server, and is accessible', async () => {
    const { element, root } = await pasted(fromFeed);
    await expect(element).to.be.accessible();
    for (const radio of root.querySelectorAll<HTMLInputElement>('[name=Form], [name=Policy]')) {
      radio.click();
      await element.updateComplete;
      expect(root.querySelectorAll('pre').length).to.be.greaterThan(3);
      expect(root.textContent).to.contain('jeux.gazette.example');
    }
  });

  it('changes the outputs with every option, and names a mistake', async () => {
    const { element, root } = await pasted(fromFeed);
    for (const label of ['From the endpoint', 'In a window', 'When it is near', 'If signed out']) {
      [...root.querySelectorAll('label')].find((each) => each.innerText.trim() === label)!.click();
    }
    root.querySelector<HTMLInputElement>('[type=checkbox]')!.click();
    await element.updateComplete;
    const tag = root.querySelector('pre')!.textContent;
    expect(tag).to.match(/login-target="window"\n {2}loading="lazy"\n {2}pre-login="auto"/);
    expect(tag).to.contain('prefetch-token').and.not.contain('channel-id');
    const height = root.querySelector<HTMLInputElement>('#height')!;
    height.value = 'tall';
    height.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    expect(root.querySelector('#height-hint')!.textContent).to.contain('not "tall"');
    expect(root.querySelectorAll('pre')).to.have.lengthOf(0);
  });

  it('offers each campaign of a feed, and shows the chosen one in the preview', async () => {
    const { element, root } = await pasted(JSON.stringify([item(1), item(2)]));
    const select = root.querySelector('select')!;
    select.value = '1';
    select.dispatchEvent(new Event('change'));
    await element.updateComplete;
    expect(root.querySelector('dl')!.innerText).to.contain('Quiz 2');
    root.querySelector<HTMLButtonElement>('button.first')!.click();
    await element.updateComplete;
    const hash = decodeURIComponent(root.querySelector('iframe')!.src.split('#')[1]!);
    expect(hash).to.contain('{"name":"campaign-id","value":"220417"}');
  });

  it('selects the text if the browser does not allow copying', async () => {
    const { element, root } = await pasted(fromFeed);
    const { clipboard } = navigator;
    const refused = { writeText: () => Promise.reject(new Error('refused')) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: refused });
    try {
      root.querySelector<HTMLButtonElement>('figcaption button')!.click();
      await taskWithoutTimer();
      await element.updateComplete;
      expect(root.querySelector('[role=status]')!.textContent).to.contain('did not allow copying');
    } finally {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    }
  });
});

describe('the preview', () => {
  it('shows a campaign of the simulator, and takes over only what cannot lead elsewhere', async () => {
    const place = await fixture<HTMLElement>(
      html`<div data-campaign-preview="jeux.publisher.localhost:4400"></div>`,
    );
    const attributes = [
      { name: 'campaign-id', value: '220417' },
      { name: 'loading', value: 'manual' },
      { name: 'auth-endpoint', value: 'https://elsewhere.example/token' },
      { name: 'onclick', value: 'alert(1)' },
    ];
    showPreview(place, previewHash({ attributes, isSignedIn: true }));
    const [campaign, button] = place.children;
    expect(campaign!.getAttributeNames()).to.deep.equal([
      'campaign-id',
      'loading',
      'host',
      'login-url',
    ]);
    expect(campaign!.getAttribute('host')).to.equal('jeux.publisher.localhost:4400');
    expect(button!.textContent).to.equal('Call load()');
    showPreview(place, '#not-json');
    expect(place.querySelector('qualifio-campaign')!.hasAttribute('campaign-id')).to.equal(false);
  });
});
