import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { paste, tag, tagChannel } from '../support/pasted-tag.js';
import { createApp } from 'vue/dist/vue.esm-bundler.js';
import { failure } from '../support/failure.js';
import { campaign, freshId, next, stageHost, stagePuppet } from '../support/stage.js';

describe('the configuration uses the pasted tag for missing attributes', () => {
  let element: QualifioCampaign;
  afterEach(() => element.remove());

  /** An element without attributes for a campaign. */
  function bare(): QualifioCampaign {
    const made = campaign();
    for (const name of ['campaign-id', 'channel-id', 'host']) made.removeAttribute(name);
    return made;
  }

  it('all values', async () => {
    const id = freshId();
    element = bare();
    paste(element, tag(id));
    await stagePuppet(element);
    const { frame } = element;
    expect(frame!.parentElement!.id).to.equal(`qualifio_insert_place_${id}`);
    expect(new URL(frame!.src).host).to.equal(stageHost);
    expect(frame!.src).to.contain(`/20/${tagChannel}/`);
    expect(frame!.getAttribute('width')).to.equal('640');
    expect(frame!.getAttribute('height')).to.equal('480');
    expect(frame!.style.color).to.equal('red');
  });

  const id = freshId();
  const seen = {
    id: (frame: HTMLIFrameElement) => frame.parentElement!.id.replace(/\D+/, ''),
    channel: (frame: HTMLIFrameElement) => frame.src.split('/')[4],
    width: (frame: HTMLIFrameElement) => frame.getAttribute('width'),
    height: (frame: HTMLIFrameElement) => frame.getAttribute('height'),
    style: (frame: HTMLIFrameElement) => frame.style.color,
  };
  const pasted = { id, channel: tagChannel, width: '640', height: '480', style: 'red' };
  const other = '00000000-0000-0000-0000-000000001234';
  for (const [attribute, value, field, result] of [
    ['campaign-id', '55555', 'id', '55555'],
    ['channel-id', other, 'channel', other],
    ['width', '300', 'width', '300'],
    // The default counts as set if it is written.
    ['width', '100%', 'width', '100%'],
    ['height', '1200', 'height', '1200'],
    ['frame-style', 'color:blue', 'style', 'blue'],
  ] as const) {
    it(`but ${attribute}=${value}, which takes precedence`, async () => {
      element = bare();
      element.setAttribute(attribute, value);
      paste(element, tag(id));
      await stagePuppet(element);
      const read = Object.fromEntries(
        Object.entries(seen).map(([name, look]) => [name, look(element.frame!)]),
      );
      expect(read).to.deep.equal({ ...pasted, [field]: result });
    });
  }

  it('but not its unreachable host if the attribute is set', async () => {
    element = bare();
    element.setAttribute('host', stageHost);
    paste(element, tag(freshId()).replace(stageHost, 'jeux.gazette.invalid'));
    await stagePuppet(element);
    expect(new URL(element.frame!.src).host).to.equal(stageHost);
  });

  it('and defaults for an empty size or style', async () => {
    element = bare();
    paste(element, tag(freshId(), { width: '', height: '', style: '' }));
    await stagePuppet(element);
    expect(element.frame!.getAttribute('width')).to.equal('100%');
    expect(element.frame!.getAttribute('height')).to.equal('1200');
    expect(element.frame!.style.maxWidth).to.equal('');
  });
});

describe('a pasted tag', () => {
  let element: QualifioCampaign;
  afterEach(() => element.remove());

  function inTemplate(fill: (template: HTMLTemplateElement) => void): QualifioCampaign {
    element = campaign();
    for (const name of ['campaign-id', 'channel-id', 'host']) element.removeAttribute(name);
    const template = document.createElement('template');
    fill(template);
    element.append(template);
    return element;
  }

  it('is read from children of the template itself, as frameworks add them', async () => {
    const id = freshId();
    const parsed = new DOMParser().parseFromString(tag(id), 'text/html');
    const nodes = [...parsed.head.childNodes, ...parsed.body.childNodes];
    inTemplate((template) => template.append(' ', ...nodes));
    await stagePuppet(element);
    expect(element.frame!.parentElement!.id).to.equal(`qualifio_insert_place_${id}`);
  });

  it('is read when such children are added later', async () => {
    const id = freshId();
    document.body.append(inTemplate((template) => template.append(' ')));
    element.addEventListener('qualifio-error', (event) => event.preventDefault());
    await next(element, 'qualifio-error');
    element.querySelector('template')!.append(tag(id));
    await next(element, 'qualifio-ready');
    expect(element.frame!.parentElement!.id).to.equal(`qualifio_insert_place_${id}`);
  });

  it('is read if it is text', async () => {
    const id = freshId();
    inTemplate((template) => template.content.append(tag(id)));
    await stagePuppet(element);
    expect(element.frame!.parentElement!.id).to.equal(`qualifio_insert_place_${id}`);
  });

  it('in a comment among such children does not count', async () => {
    inTemplate((template) => template.append(document.createComment(tag(freshId()))));
    expect((await failure(element)).message).to.contain('it is empty');
  });

  it('in a template of Vue, which removes the script, causes an error with a fix that works', async () => {
    const id = freshId();
    const root = document.createElement('div');
    root.innerHTML = `<qualifio-campaign><template>${tag(id)}</template></qualifio-campaign>`;
    document.body.append(root);
    const { warn } = console;
    console.warn = () => undefined;
    const app = createApp({ template: root.innerHTML });
    app.config.compilerOptions.isCustomElement = (name) => name === 'qualifio-campaign';
    root.querySelector('qualifio-campaign')!.remove();
    app.mount(root);
    element = root.querySelector('qualifio-campaign')!;
    await next(element, 'qualifio-error');
    console.warn = warn;
    expect(element.error?.message).to.contain('its script was removed. Set campaign-id, channel');
    element.querySelector('template')!.remove();
    element.campaignId = id;
    element.channelId = tagChannel;
    element.host = stageHost;
    await next(element, 'qualifio-ready');
    app.unmount();
    root.remove();
  });
});
