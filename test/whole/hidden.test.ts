import { expect } from '@open-wc/testing';
import type { QualifioCampaign } from '../../src/index.js';
import { campaign, freshId, next, Puppet, recordEvents } from '../support/stage.js';
import { eventually, warningsDuring } from '../support/watch.js';

/** How a page takes an element out of the layout without removing it. */
const hidings: Readonly<Record<string, (page: HTMLElement, isHidden: boolean) => void>> = {
  'display: none': ({ style }, isHidden) =>
    style.setProperty('display', isHidden ? 'none' : '', 'important'),
  'content-visibility: hidden': ({ style }, isHidden) =>
    style.setProperty('content-visibility', isHidden ? 'hidden' : ''),
};

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

describe('two routes with the same campaign, of which the page shows one', () => {
  let routes: HTMLElement[];
  let elements: QualifioCampaign[];
  beforeEach(() => {
    const id = freshId();
    elements = [0, 1].map(() => campaign({ 'campaign-id': id }));
    routes = elements.map(() => document.createElement('section'));
    document.body.append(...routes);
  });
  afterEach(() => {
    for (const route of routes) route.remove();
  });

  for (const [name, hide] of Object.entries(hidings)) {
    describe(`by ${name}`, () => {
      /** Shows one route instead of the other. */
      const show = (shown: number): void => {
        for (const [index, route] of routes.entries()) hide(route, index !== shown);
      };

      it('gives the campaign to the element that it shows, each time', async () => {
        const [first, second] = elements as [QualifioCampaign, QualifioCampaign];
        routes[0]!.append(first);
        await next(first, 'qualifio-ready');
        const told = recordEvents(first);
        const warnings = await warningsDuring(async () => {
          show(1);
          routes[1]!.append(second);
          await next(second, 'qualifio-ready');
          expect(first).to.include({ status: 'idle', frame: null, error: null });
          expect(document.querySelectorAll('iframe.qualifio_iframe_tag')).to.have.length(1);
          show(0);
          await next(first, 'qualifio-ready');
          expect(second).to.include({ status: 'idle', frame: null });
          show(1);
          await next(second, 'qualifio-ready');
        });
        expect(warnings).to.deep.equal([]);
        expect(told).to.deep.equal([
          'status-change idle',
          'status-change loading',
          'status-change ready',
          'ready',
          'status-change idle',
        ]);
        expect(new Puppet(second.frame!)).to.be.an('object');
      });

      it('leaves the campaign with the shown element while the hidden one waits', async () => {
        const [first, second] = elements as [QualifioCampaign, QualifioCampaign];
        show(0);
        routes[0]!.append(first);
        await next(first, 'qualifio-ready');
        const { frame } = first;
        const warnings = await warningsDuring(async () => {
          const told = recordEvents(second);
          routes[1]!.append(second);
          await eventually(() => told.includes('status-change idle'));
          await nextFrame();
        });
        expect(warnings).to.deep.equal([]);
        expect(first).to.include({ status: 'ready', frame });
        expect(second).to.include({ status: 'idle', error: null });
        first.remove();
        show(1);
        await next(second, 'qualifio-ready');
      });
    });
  }

  it('starts nothing for a waiting element that was removed', async () => {
    const [first, second] = elements as [QualifioCampaign, QualifioCampaign];
    routes[0]!.append(first);
    await next(first, 'qualifio-ready');
    routes[0]!.hidden = true;
    routes[1]!.append(second);
    await next(second, 'qualifio-ready');
    first.remove();
    routes[0]!.hidden = false;
    await nextFrame();
    expect(first.status).to.equal('idle');
    expect(second.status).to.equal('ready');
  });

  it('starts a hidden element as every other if it is the only one', async () => {
    routes[0]!.hidden = true;
    routes[0]!.append(elements[0]!);
    await elements[0]!.load();
  });
});
