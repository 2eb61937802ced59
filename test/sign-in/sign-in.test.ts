import { expect } from '@open-wc/testing';
import type { QualifioErrorEvent, QualifioSignIn } from '../../src/sign-in/index.js';
import { kitUrl, OwnPage } from '../support/own-page.js';
import {
  divIdOf,
  insert,
  puppetOfTag,
  runningTag as tag,
  signInLine as line,
  signInOf,
  signInScript,
} from '../support/sign-in-page.js';
import {
  endpoint,
  freshId,
  giving,
  next,
  Puppet,
  recordEvents,
  stageHost,
  token,
} from '../support/stage.js';
import { eventually, nextTask, warningsDuring } from '../support/watch.js';

type SignInClass = typeof QualifioSignIn;

let page: OwnPage;
afterEach(() => page.close());

const divOf = (id: string): HTMLElement => page.document.getElementById(divIdOf(id))!;
const signIn = (): QualifioSignIn => signInOf(page);
const puppetOf = (id: string): Promise<Puppet> => puppetOfTag(page, id);

async function expectToken(puppet: Puppet, jwt: string): Promise<void> {
  await puppet.say('isLoggedIn');
  await puppet.awaitMessages(1);
  expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
}

describe('<qualifio-sign-in>', () => {
  const orders: Record<string, (id: string, url: string) => string> = {
    'before the line': (id, url) => tag(id) + line(url),
    'after the line': (id, url) => line(url) + tag(id),
    'between the script and the line': (id, url) => signInScript + tag(id) + line(url),
  };
  for (const [where, markup] of Object.entries(orders)) {
    it(`signs in the campaign of a tag ${where}`, async () => {
      const [id, jwt] = [freshId(), await token()];
      const source = endpoint(giving(jwt));
      page = await OwnPage.open(markup(id, source.url));
      await expectToken(await puppetOf(id), jwt);
      const [request] = await source.requests();
      expect(new URL(request!.url, location.href).searchParams.get('campaignId')).to.equal(id);
    });
  }

  it('signs in a campaign whose frame had loaded before the script', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(tag(id));
    // The page's load event waits for the kit and the frame.
    expect(divOf(id).querySelector('iframe')).to.not.equal(null);
    insert(page, line(endpoint(giving(jwt)).url));
    await expectToken(await puppetOf(id), jwt);
  });

  it('signs in several campaigns, and those that are inserted later, each with its own token', async () => {
    const ids = [freshId(), freshId(), freshId()];
    const tokens = await Promise.all(ids.map(() => token()));
    page = await OwnPage.open(line('/') + tag(ids[0]!) + tag(ids[1]!));
    await page.window.customElements.whenDefined('qualifio-sign-in');
    signIn().tokenProvider = async ({ campaignId }) => tokens[ids.indexOf(campaignId)]!;
    insert(page, tag(ids[2]!));
    for (const [index, id] of ids.entries()) await expectToken(await puppetOf(id), tokens[index]!);
  });

  it('covers a campaign with the login panel, moves and styles nothing, and goes on after the login', async () => {
    const [id, jwt] = [freshId(), await token()];
    const source = endpoint({ status: 401 }, giving(jwt));
    page = await OwnPage.open(
      `<main lang="fr">${tag(id)}</main>${line(source.url, 'login-url="/login"')}`,
    );
    const puppet = await puppetOf(id);
    const frame = divOf(id).querySelector('iframe')!;
    const look = () =>
      JSON.stringify([
        divOf(id).outerHTML,
        frame.getBoundingClientRect(),
        divOf(id).getBoundingClientRect(),
      ]);
    const before = look();
    const required = next(page.document, 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    const event = (await required) as Event & { campaignId: string };
    expect([event.target, event.campaignId]).to.deep.equal([divOf(id), id]);
    const root = divOf(id).shadowRoot!;
    await eventually(() => root.querySelector('[part=panel]')?.checkVisibility());
    expect(root.querySelector('[part=message]')!.textContent).to.contain('Connectez-vous');
    expect(root.querySelector('a')!.href).to.contain('/login?return_to=');
    expect(look()).to.equal(before);
    const panel = root.querySelector('[part=panel]')!.getBoundingClientRect();
    expect([panel.left, panel.top, panel.width, panel.height].map(Math.round)).to.deep.equal(
      [frame.getBoundingClientRect()].flatMap(({ left, top, width, height }) =>
        [left, top, width, height].map(Math.round),
      ),
    );
    expect(await signIn().resume(id)).to.equal(true);
    expect(root.querySelector('[part=panel]')!.checkVisibility()).to.equal(false);
    expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('does not widen a page that gets narrower while no panel is open', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(
      `<main style="overflow: auto; position: relative">${tag(id)}</main>${line('/')}`,
    );
    await page.window.customElements.whenDefined('qualifio-sign-in');
    signIn().tokenProvider = async () => jwt;
    await expectToken(await puppetOf(id), jwt);
    const main = page.document.querySelector('main')!;
    main.style.width = '240px';
    expect(main.scrollWidth).to.equal(240);
  });

  // @holds P19
  it('reports a host that is not allowed, asks nothing, and covers the campaign only when it asks', async () => {
    const id = freshId();
    const source = endpoint(giving(await token()));
    page = await OwnPage.open(line(source.url).replace(stageHost, 'jeux.publisher.com'));
    const codes: string[] = [];
    page.document.addEventListener('qualifio-error', ({ error }) => codes.push(error.code));
    const warnings = await warningsDuring(async () => {
      const ready = next(page.document, 'qualifio-ready');
      insert(page, tag(id));
      await ready;
      expect(divOf(id).shadowRoot).to.equal(null);
      const puppet = new Puppet(divOf(id).querySelector('iframe')!);
      await puppet.say('isLoggedIn');
      expect(divOf(id).shadowRoot!.querySelector('[part=panel]')!.checkVisibility()).to.equal(true);
      expect(await puppet.received()).to.deep.equal([]);
    }, page.window);
    expect(codes).to.deep.equal(['HOST_NOT_ALLOWED']);
    expect(warnings.join('\n')).to.match(/^<qualifio-sign-in>: .*HOST_NOT_ALLOWED\.md$/);
    expect(await source.requests()).to.deep.equal([]);
  });

  // @holds P19
  it('needs allowedHosts, and answers what was asked meanwhile once it is set', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(`<script>console.warn = () => {}</script>${signInScript}`);
    const errors: string[] = [];
    page.document.addEventListener('qualifio-error', ({ error, target }) =>
      errors.push(
        `${(target as Element).localName} ${error.code} ${error.message.includes('allowedHosts')}`,
      ),
    );
    insert(
      page,
      `<qualifio-sign-in auth-endpoint="${endpoint(giving(jwt)).url}"></qualifio-sign-in>${tag(id)}`,
    );
    const puppet = await puppetOf(id);
    await puppet.say('isLoggedIn');
    expect(errors).to.deep.equal([
      'qualifio-sign-in CONFIG_INVALID true',
      'div CONFIG_INVALID true',
    ]);
    (signIn().constructor as SignInClass).allowedHosts = [stageHost];
    await puppet.awaitMessages(1);
    expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('is one per page: a second waits with CONFIG_INVALID until the first is removed', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(line('/first') + tag(id));
    await puppetOf(id);
    const first = signIn();
    const second = page.document.createElement('qualifio-sign-in');
    second.authEndpoint = endpoint(giving(jwt)).url;
    await warningsDuring(async () => {
      const failed = next<Event & { error: Error & { code: string } }>(second, 'qualifio-error');
      page.document.body.append(second);
      expect((await failed).error.code).to.equal('CONFIG_INVALID');
    }, page.window);
    first.remove();
    expect(second.error).to.equal(null);
    await expectToken(await puppetOf(id), jwt);
  });

  // @holds P11, P19
  it('removed, ends its requests, panels and events', async () => {
    const id = freshId();
    const source = endpoint({ status: 401 });
    page = await OwnPage.open(line(source.url) + tag(id));
    const puppet = await puppetOf(id);
    const required = next(divOf(id), 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    const told = recordEvents(divOf(id));
    signIn().remove();
    expect(divOf(id).shadowRoot!.innerHTML).to.equal('<slot></slot>');
    await puppet.say('isLoggedIn');
    await nextTask();
    expect(told).to.deep.equal([]);
    expect(await source.requests()).to.have.length(1);
  });

  it('leaves <qualifio-campaign> alone on the same page', async () => {
    const [id, own, jwt] = [freshId(), await token(), await token()];
    page = await OwnPage.open(
      `<script type="module" src="/src/index.ts"></script>${line(endpoint(giving(jwt)).url)}${tag(id)}`,
    );
    const puppet = await puppetOf(id);
    page.element.kitUrl = kitUrl();
    const element = page.campaign({ 'auth-endpoint': endpoint(giving(own)).url });
    page.document.body.append(element);
    await element.load();
    expect(signIn().campaigns.map(({ campaignId }) => campaignId)).to.deep.equal([id]);
    await expectToken(puppet, jwt);
    await expectToken(new Puppet(element.frame!), own);
  });

  it('follows a tag that is moved, removed and inserted again', async () => {
    const [id, first, second] = [freshId(), await token(), await token()];
    const source = endpoint(giving(first), giving(second));
    page = await OwnPage.open(line(source.url) + tag(id));
    await expectToken(await puppetOf(id), first);
    const div = divOf(id);
    const reloaded = next(div.querySelector('iframe')!, 'load');
    page.document.body.prepend(div);
    await reloaded;
    await expectToken(await puppetOf(id), second);
    div.remove();
    await nextTask();
    expect(signIn().campaigns).to.deep.equal([]);
    page.document.body.append(div);
    await puppetOf(id);
  });
});

describe('a pasted tag that <qualifio-sign-in> answers', () => {
  const canMove: boolean = 'moveBefore' in Element.prototype;

  it('is answered after appendChild() has moved it, which loads its frame again', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(`<aside></aside>${line(endpoint(giving(jwt)).url)}${tag(id)}`);
    const puppet = await puppetOf(id);
    await puppet.say('isLoggedIn');
    await puppet.awaitMessages(1);
    const reloaded = next(divOf(id).querySelector('iframe')!, 'load');
    page.document.querySelector('aside')!.appendChild(divOf(id));
    await reloaded;
    await expectToken(await puppetOf(id), jwt);
  });

  if (canMove) {
    it('keeps its frame, its question and its panel when moveBefore() moves it', async () => {
      const [id, jwt] = [freshId(), await token()];
      const source = endpoint({ status: 401 }, giving(jwt));
      page = await OwnPage.open(`<aside></aside>${line(source.url)}${tag(id)}`);
      const puppet = await puppetOf(id);
      const required = next(divOf(id), 'qualifio-login-required');
      await puppet.say('isLoggedIn');
      await required;
      const told = recordEvents(divOf(id));
      page.document.querySelector('aside')!.moveBefore(divOf(id), null);
      await nextTask();
      expect(told).to.deep.equal([]);
      const [panel, frame] = [
        divOf(id).shadowRoot!.querySelector('[part=panel]')!,
        divOf(id).querySelector('iframe')!,
      ].map((part) => part.getBoundingClientRect());
      expect([panel!.left, panel!.top]).to.deep.equal([frame!.left, frame!.top]);
      expect(await signIn().resume(id)).to.equal(true);
      expect(await puppet.received()).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    });
  }

  it('is answered on each page that a client-side router shows, and forgotten when it leaves', async () => {
    const ids = [freshId(), freshId(), freshId()];
    const tokens = await Promise.all(ids.map(() => token()));
    page = await OwnPage.open(`${line('/')}<main></main>`);
    await page.window.customElements.whenDefined('qualifio-sign-in');
    signIn().tokenProvider = async ({ campaignId }) => tokens[ids.indexOf(campaignId)]!;
    const main = page.document.querySelector('main')!;
    for (const index of [0, 1, 2, 0]) {
      page.window.history.pushState(null, '', `?page=${index}`);
      const id = ids[index]!;
      main.replaceChildren(page.document.createRange().createContextualFragment(tag(id)));
      await eventually(() => signIn().campaigns.some(({ campaignId }) => campaignId === id));
      expect(signIn().campaigns.map(({ campaignId }) => campaignId)).to.deep.equal([id]);
      await expectToken(await puppetOf(id), tokens[index]!);
    }
  });

  it('whose frame the page’s policy blocks says so on its div, and shows the panel', async () => {
    const id = freshId();
    page = await OwnPage.open(
      `<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">${line('/')}`,
    );
    await warningsDuring(async () => {
      const failed = next<QualifioErrorEvent>(page.document, 'qualifio-error');
      insert(page, tag(id));
      const { error, target } = await failed;
      expect(target).to.equal(divOf(id));
      expect(error).to.include({ code: 'KIT_TIMEOUT', phase: 'kit' });
      expect(error.message).to.include('frame-src');
    }, page.window);
    expect(signIn().campaigns[0]!.status).to.equal('error');
    const root = divOf(id).shadowRoot!;
    expect(root.querySelector('[part=panel]')!.checkVisibility()).to.equal(true);
  });

  it('in a shadow root of the page is not found: the kit does not find it either', async () => {
    const [id, jwt] = [freshId(), await token()];
    page = await OwnPage.open(`<section></section>${line(endpoint(giving(jwt)).url)}${tag(id)}`);
    await puppetOf(id);
    const inside = page.document.querySelector('section')!.attachShadow({ mode: 'open' });
    const hidden = freshId();
    inside.append(page.document.createRange().createContextualFragment(tag(hidden)));
    await page.run(kitUrl());
    await nextTask();
    expect(inside.querySelector('iframe')).to.equal(null);
    expect(signIn().campaigns.map(({ campaignId }) => campaignId)).to.deep.equal([id]);
  });

  it('whose div has a shadow root of the page raises CONFIG_INVALID, and keeps that root', async () => {
    const id = freshId();
    page = await OwnPage.open(line('/'));
    await warningsDuring(async () => {
      const failed = next<QualifioErrorEvent>(page.document, 'qualifio-error');
      const fragment = page.document.createRange().createContextualFragment(tag(id));
      const own = fragment.querySelector('div')!.attachShadow({ mode: 'open' });
      own.innerHTML = '<p>of the page</p><slot></slot>';
      page.document.body.append(fragment);
      const { error } = await failed;
      expect(error.code).to.equal('CONFIG_INVALID');
      expect(error.message).to.include(`#${divIdOf(id)} already has a shadow root`);
      expect(own.innerHTML).to.equal('<p>of the page</p><slot></slot>');
    }, page.window);
  });

  it('passes on the messages that relay names, and no others', async () => {
    const id = freshId();
    page = await OwnPage.open(line('/', 'relay="step finish"') + tag(id));
    const puppet = await puppetOf(id);
    const told: unknown[] = [];
    page.document.addEventListener('qualifio-message', ({ target, campaignId, name, data }) =>
      told.push([target === divOf(id), campaignId, name, (data as { page: number }).page]),
    );
    for (const name of ['step', 'other', 'finish']) await puppet.say(name, { page: 2 });
    expect(told).to.deep.equal([
      [true, id, 'step', 2],
      [true, id, 'finish', 2],
    ]);
  });

  it('goes on in place after a login in a window, with login-target="window"', async () => {
    const [id, jwt] = [freshId(), await token()];
    const login = `http://${stageHost}/login?site=${location.origin}`;
    page = await OwnPage.open(line('', `login-url="${login}" login-target="window"`) + tag(id));
    let signedIn: string | null = null;
    const puppet = await puppetOf(id);
    signIn().tokenProvider = async () => signedIn;
    const required = next(divOf(id), 'qualifio-login-required');
    await puppet.say('isLoggedIn');
    await required;
    const { open } = page.window;
    let opened: Window | null = null;
    page.window.open = (...args) => (opened = open.apply(page.window, args));
    const action = divOf(id).shadowRoot!.querySelector<HTMLElement>('[part=action]')!;
    await eventually(() => action.checkVisibility());
    signedIn = jwt;
    page.window.addEventListener('click', (event) => event.preventDefault(), { once: true });
    action.click();
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
    await eventually(() => opened!.closed);
  });
});

describe('<qualifio-sign-in> and the page’s own callbacks for the same campaign', () => {
  for (const registrations of ['all', 'first', 'last']) {
    for (const order of ['before', 'after']) {
      for (const isSlow of [false, true]) {
        const how = isSlow ? 'later' : 'at once';
        // @holds F11, F56, P19
        it(`send one token: kit calls ${registrations}, theirs is registered ${order} ours and answers ${how}`, async () => {
          const id = freshId();
          const knobs = { registrations };
          page = await OwnPage.open('<script>console.warn = () => {}</script>');
          const theirs = await token();
          let answered!: () => void;
          const answer = new Promise<void>((resolve) => (answered = resolve));
          const byHand = (): void => {
            (page.window._qual_async ??= []).push([
              'registerChildMessageCallback',
              'isLoggedIn',
              (data: unknown) => {
                const { divId } = (typeof data === 'string' ? JSON.parse(data) : data) as {
                  divId: string;
                };
                const send = (): void => {
                  page.window._qual_async!.push(['sendChildMessage', divId, 'userInfo', theirs]);
                  answered();
                };
                if (isSlow) page.window.setTimeout(send, 200);
                else send();
              },
            ]);
          };
          if (order === 'before') byHand();
          insert(page, line(endpoint(giving(await token())).url) + tag(id, { knobs }));
          const puppet = await puppetOf(id);
          if (order === 'after') byHand();
          await puppet.say('isLoggedIn');
          const isOurs = registrations === (order === 'before' ? 'last' : 'first');
          if (!isOurs) await answer;
          await puppet.awaitMessages(1);
          await eventually(() => signIn().campaigns[0]!.status !== 'authenticating');
          await nextTask();
          expect(await puppet.received()).to.have.length(1);
        });
      }
    }
  }
});
