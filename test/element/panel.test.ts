import { expect } from '@open-wc/testing';
import type { QualifioCampaign, TokenProvider } from '../../src/index.js';
import { campaign, endpoint, giving, next, Puppet, stagePuppet, token } from '../support/stage.js';
import { eventually, nextTask } from '../support/watch.js';

let element: QualifioCampaign;
let puppet: Puppet;
/**
 * Null until a test logs the participant in: requests that the window's focus starts find no
 * participant before.
 */
let jwt: string | null;
beforeEach(() => (jwt = null));
afterEach(() => {
  element.remove();
  (document.activeElement as HTMLElement | null)?.blur();
});

/** The part with this name, if it is visible. */
function part(name: string): HTMLElement | null {
  const found = element.shadowRoot!.querySelector<HTMLElement>(`[part="${name}"]`);
  return found?.checkVisibility() ? found : null;
}

/** Stages an element and makes its frame ask; the token source decides what follows. */
async function ask(
  source: { url: string } | TokenProvider,
  attributes = {},
  children: Node[] = [],
) {
  element = campaign(attributes);
  if ('url' in source) element.authEndpoint = source.url;
  else element.tokenProvider = source;
  element.append(...children);
  puppet = await stagePuppet(element);
  await puppet.say('isLoggedIn');
}

async function requireLogin(attributes = {}, children: Node[] = []): Promise<void> {
  await ask(async () => jwt, attributes, children);
  await eventually(() => part('panel') && element.status === 'login-required');
}

async function fail(attributes = {}, children: Node[] = []): Promise<void> {
  await ask(endpoint({ status: 403 }, giving(await token())), attributes, children);
  await eventually(() => part('panel') && element.status === 'error');
}

function slotted(name: string, html: string): HTMLElement {
  const box = document.createElement('div');
  box.slot = name;
  box.innerHTML = html;
  return box;
}

describe('the login panel', () => {
  // @holds T17
  it('shows the reason and links to login-url with return_to', async () => {
    await requireLogin({ 'login-url': '/login?brand=7' });
    expect(part('message')?.textContent).to.equal('Log in to take part.');
    const link = part('action') as HTMLAnchorElement;
    expect(link.textContent).to.equal('Log in');
    const url = new URL(link.href);
    expect(url.origin + url.pathname).to.equal(`${location.origin}/login`);
    expect(url.searchParams.get('brand')).to.equal('7');
    const here = location.pathname + location.search + location.hash;
    expect(url.searchParams.get('return_to')).to.equal(here);
  });

  for (const [where, loginUrl, hash] of [
    ['on this origin', '/login', '#access_token=secret'],
    ['on another origin', 'https://login.publisher.example/', ''],
  ] as const) {
    it(`passes "${hash}" of the URL’s hash to a login page ${where}`, async () => {
      const before = location.href;
      history.replaceState(history.state, '', '#access_token=secret');
      await requireLogin({ 'login-url': loginUrl });
      const back = new URL((part('action') as HTMLAnchorElement).href).searchParams.get(
        'return_to',
      );
      history.replaceState(history.state, '', before);
      expect(new URL(back!, location.href).hash).to.equal(hash);
    });
  }

  it('passes the return URL in the parameter that login-return-param names', async () => {
    await requireLogin({ 'login-url': '/login?next=%2Fhome', 'login-return-param': 'next' });
    const { searchParams } = new URL((part('action') as HTMLAnchorElement).href);
    const here = location.pathname + location.search + location.hash;
    expect([...searchParams]).to.deep.equal([['next', here]]);
  });

  describe('stays in the page', () => {
    const { href } = location;
    afterEach(() => history.replaceState(history.state, '', href));

    for (const [loginUrl, hash] of [
      ['#login', '#login'],
      ['#', ''],
      ['#/login?next=1', '#/login?next=1'],
      [`${href.split('#')[0]}#login`, '#login'],
    ] as const) {
      it(`with login-url="${loginUrl}", and the campaign continues there`, async () => {
        await requireLogin({ 'login-url': loginUrl });
        const { frame } = element;
        const link = part('action') as HTMLAnchorElement;
        expect(link.href).to.equal(`${href.split('#')[0]}${hash || '#'}`);
        link.click();
        await eventually(() => location.hash === hash);
        jwt = await token();
        expect(await element.resume()).to.equal(true);
        expect(element.frame).to.equal(frame);
      });
    }

    it('also if a <base> leads elsewhere on this origin', async () => {
      const base = document.head.appendChild(document.createElement('base'));
      base.href = '/app/';
      await requireLogin({ 'login-url': ' #login' }).finally(() => base.remove());
      expect((part('action') as HTMLAnchorElement).href).to.equal(`${href.split('#')[0]}#login`);
    });

    it('but not with the hash of another page', async () => {
      await requireLogin({ 'login-url': '/login#form' });
      const url = new URL((part('action') as HTMLAnchorElement).href);
      expect([url.pathname, url.hash]).to.deep.equal(['/login', '#form']);
      expect(url.searchParams.has('return_to')).to.equal(true);
    });
  });

  it('says of a link that it opens a window, and nothing of another link', async () => {
    const described = (): string | undefined => {
      const id = part('action')!.getAttribute('aria-describedby')!;
      return element.shadowRoot!.getElementById(id)?.textContent;
    };
    await requireLogin({ 'login-url': '/login', 'login-target': 'window' });
    expect(described()).to.equal('Opens in a new window.');
    expect(part('hint')!.checkVisibility()).to.equal(true);
    element.loginTarget = 'self';
    await eventually(() => !part('hint'));
    expect(described()).to.equal('');
  });

  it('has a button to resume if there is no login-url, and closes when the token is sent', async () => {
    await requireLogin();
    jwt = await token();
    part('action')!.click();
    expect(await puppet.awaitMessages(1)).to.have.length(1);
    await eventually(() => !part('panel'));
    expect(element.status).to.equal('token-sent');
  });

  it('shows the publisher’s form in the login slot instead of link and button', async () => {
    const form = slotted('login', '<form><label>Email <input type="email"></label></form>');
    await requireLogin({ 'login-url': '/login' }, [form]);
    expect(part('action')).to.equal(null);
    expect(part('panel')!.getBoundingClientRect().height).to.be.greaterThan(form.offsetHeight);
    form.querySelector('input')!.focus();
    expect(document.activeElement).to.equal(form.querySelector('input'));
    await expect(element).to.be.accessible();
  });

  it('shows that form only then', async () => {
    const form = slotted('login', '<form>…</form>');
    element = campaign();
    element.append(form);
    await stagePuppet(element);
    expect(form.checkVisibility()).to.equal(false);
  });

  it('does not open if a listener prevents it', async () => {
    const prevent = (event: Event): void => event.preventDefault();
    document.addEventListener('qualifio-login-required', prevent, { once: true });
    await ask(endpoint({ status: 401 }));
    await eventually(() => element.status === 'login-required');
    await element.updateComplete;
    expect(part('panel')).to.equal(null);
    expect(element.shadowRoot!.querySelector<HTMLElement>('[part="frame"]')!.inert).to.equal(false);
  });
});

describe('the error panel', () => {
  it('shows a message and a "Try again" button', async () => {
    await ask(endpoint({ status: 404 }));
    await eventually(() => part('panel'));
    expect(part('message')?.textContent).to.equal(
      'Your account could not be confirmed. Please try again later.',
    );
    expect(part('action')?.textContent).to.equal('Try again');
    expect(part('action')).to.be.instanceOf(HTMLButtonElement);
  });

  it('creates a new frame with "Try again" after an error that resume() cannot fix', async () => {
    await fail();
    const { frame } = element;
    const ready = next(element, 'qualifio-ready');
    part('action')!.click();
    await ready;
    expect(element.frame).to.not.equal(frame);
    await eventually(() => !part('panel'));
  });

  it('answers the waiting frame with "Try again" after a recoverable error', async () => {
    jwt = await token();
    element = campaign();
    let isBroken = true;
    element.tokenProvider = async () => {
      if (isBroken) throw new Error('offline');
      return jwt;
    };
    puppet = await stagePuppet(element);
    await puppet.say('isLoggedIn');
    await eventually(() => part('panel'));
    expect(element.error).to.include({ code: 'PROVIDER_FAILED', recoverable: true });
    isBroken = false;
    part('action')!.click();
    expect(await puppet.awaitMessages(1)).to.deep.equal([{ name: 'userInfo', data: jwt }]);
  });

  it('shows the publisher’s own text', async () => {
    const text = slotted('error', 'Call 0800 123');
    await fail({}, [text]);
    expect(text.checkVisibility()).to.equal(true);
    expect(part('message')).to.equal(null);
  });

  it('is named by the publisher’s own text', async () => {
    await fail({}, [slotted('error', 'Call 0800 123')]);
    const panel = part('panel')!;
    const label = element.shadowRoot!.getElementById(panel.getAttribute('aria-labelledby')!)!;
    const [slot] = label.querySelectorAll('slot');
    expect(label.checkVisibility()).to.equal(true);
    expect(slot!.assignedNodes()[0]!.textContent).to.equal('Call 0800 123');
    await expect(element).to.be.accessible();
  });

  it('does not open if a listener prevents it', async () => {
    element = campaign({ host: '' });
    element.addEventListener('qualifio-error', (event) => event.preventDefault());
    document.body.append(element);
    await next(element, 'qualifio-error');
    await element.updateComplete;
    expect(part('panel')).to.equal(null);
    expect(element.status).to.equal('error');
  });
});

describe('an open panel', () => {
  it('is an alert dialog named by its text, over an inert frame', async () => {
    await requireLogin();
    const panel = part('panel')!;
    expect(panel.getAttribute('role')).to.equal('alertdialog');
    const label = element.shadowRoot!.getElementById(panel.getAttribute('aria-labelledby')!);
    expect(label?.textContent).to.equal('Log in to take part.');
    element.frame!.focus();
    expect(document.activeElement).to.not.equal(element.frame);
    const [covered, cover] = [element.frame!, panel].map((box) => box.getBoundingClientRect());
    expect(cover!.top).to.be.at.most(covered!.top);
    expect(cover!.bottom).to.be.at.least(covered!.bottom);
  });

  // A login elsewhere can close the panel while another window has the focus.
  for (const where of ['', ' while another window has the focus']) {
    it(`takes the focus and returns it to the campaign${where}`, async () => {
      const other = where ? window.open('about:blank', '', 'width=200,height=200') : null;
      await eventually(() => !other || other.document.readyState === 'complete');
      element = campaign();
      element.tokenProvider = async () => jwt;
      puppet = await stagePuppet(element);
      element.frame!.focus();
      expect(document.activeElement).to.equal(element.frame);
      await puppet.say('isLoggedIn');
      await eventually(() => part('panel'));
      expect(element.shadowRoot!.activeElement).to.equal(part('panel'));
      jwt = await token();
      await element.resume();
      await eventually(() => !part('panel'));
      expect(document.activeElement).to.equal(element.frame);
      other?.close();
    });
  }

  it('does not take the focus from another field on the page', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    await requireLogin();
    expect(document.activeElement).to.equal(input);
    jwt = await token();
    await element.resume();
    await eventually(() => !part('panel'));
    expect(document.activeElement).to.equal(input);
    input.remove();
  });
});

describe('a panel that closes', () => {
  it('does not focus a field that the user left while it was open', async () => {
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    await requireLogin();
    input.blur();
    jwt = await token();
    await element.resume();
    await eventually(() => !part('panel'));
    expect(document.activeElement).to.equal(document.body);
    input.remove();
  });

  for (const focused of ['the frame, which is removed,', 'nothing']) {
    it(`leaves focus where it was, with "Try again", if ${focused} had it before`, async () => {
      element = campaign();
      element.authEndpoint = endpoint({ status: 403 }).url;
      puppet = await stagePuppet(element);
      if (focused !== 'nothing') element.frame!.focus();
      await puppet.say('isLoggedIn');
      await eventually(() => part('panel'));
      const ready = next(element, 'qualifio-ready');
      part('action')!.focus();
      part('action')!.click();
      await eventually(() => !part('panel'));
      expect(element.shadowRoot!.activeElement).to.equal(part('frame'));
      await ready;
      // The next panel takes it from there.
      puppet = new Puppet(element.frame!);
      await puppet.say('isLoggedIn');
      await eventually(() => part('panel'));
      expect(element.shadowRoot!.activeElement).to.equal(part('panel'));
    });
  }
});

describe('texts', () => {
  const languages = {
    en: ['Campaign', 'Log in to take part.', 'Log in'],
    fr: ['Campagne', 'Connectez-vous pour participer.', 'Se connecter'],
    nl: ['Campagne', 'Meld je aan om mee te doen.', 'Aanmelden'],
    de: ['Kampagne', 'Melden Sie sich an, um teilzunehmen.', 'Anmelden'],
    es: ['Campaña', 'Inicia sesión para participar.', 'Iniciar sesión'],
    it: ['Campagna', 'Accedi per partecipare.', 'Accedi'],
    'fr-BE': ['Campagne', 'Connectez-vous pour participer.', 'Se connecter'],
    eo: ['Campaign', 'Log in to take part.', 'Log in'],
  };
  for (const [lang, texts] of Object.entries(languages)) {
    it(`are in the language of the nearest lang: ${lang}`, async () => {
      await requireLogin({ lang, 'login-url': '/login' });
      const shown = [
        element.frame?.title,
        part('message')?.textContent,
        part('action')?.textContent,
      ];
      expect(shown).to.deep.equal(texts);
    });
  }

  it('are in the language of a form around the element, whatever its fields are called', async () => {
    const form = document.createElement('form');
    form.lang = 'nl';
    form.innerHTML = '<input name="getAttribute"><input name="lang">';
    document.body.append(form);
    element = campaign();
    await stagePuppet(element, form);
    expect(element.frame?.title).to.equal('Campagne');
    form.remove();
  });

  it('use a lang outside of the shadow roots around the element', async () => {
    const outer = document.createElement('div');
    outer.lang = 'it';
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'closed' }).append(inner);
    const root = inner.attachShadow({ mode: 'open' });
    document.body.append(outer);
    element = campaign();
    await stagePuppet(element, root);
    expect(element.frame?.title).to.equal('Campagna');
    outer.remove();
  });

  it('follow a lang that changes while the panel is open, also outside of shadow roots', async () => {
    const outer = document.createElement('div');
    const root = outer.attachShadow({ mode: 'closed' });
    document.body.append(outer);
    element = campaign();
    element.tokenProvider = async () => null;
    puppet = await stagePuppet(element, root);
    await puppet.say('isLoggedIn');
    await eventually(() => part('message')?.textContent === 'Log in to take part.');
    outer.lang = 'es';
    await eventually(() => part('message')?.textContent === 'Inicia sesión para participar.');
    expect(element.frame?.title).to.equal('Campaña');
    element.lang = 'nl';
    await eventually(() => part('message')?.textContent === 'Meld je aan om mee te doen.');
    outer.remove();
  });

  it('have the direction of their language, also in a page with another', async () => {
    document.documentElement.dir = 'rtl';
    await requireLogin({ lang: 'en' });
    expect(getComputedStyle(part('message')!).direction).to.equal('ltr');
    element.strings = { loginRequired: 'سجّل الدخول للمشاركة.' };
    await element.updateComplete;
    expect(getComputedStyle(part('message')!).direction).to.equal('rtl');
    document.documentElement.removeAttribute('dir');
  });

  it('of errors are replaced by `failed`, except those that are replaced individually', async () => {
    await fail();
    element.strings = { failed: 'Sorry.' };
    await element.updateComplete;
    expect(part('message')?.textContent).to.equal('Sorry.');
    element.strings = { failed: 'Sorry.', unconfirmed: 'Who are you?' };
    await element.updateComplete;
    expect(part('message')?.textContent).to.equal('Who are you?');
  });

  it('can be replaced individually', async () => {
    await requireLogin({ 'login-url': '/login' });
    element.strings = { logIn: 'Sign in with Acme' };
    await element.updateComplete;
    expect(part('action')?.textContent).to.equal('Sign in with Acme');
    expect(part('message')?.textContent).to.equal('Log in to take part.');
  });

  it('keep the built-in one for a text that is undefined', async () => {
    await requireLogin();
    element.strings = { loginRequired: undefined, frameTitle: undefined } as object;
    await element.updateComplete;
    expect(part('message')?.textContent).to.equal('Log in to take part.');
    expect(element.frame?.title).to.equal('Campaign');
  });

  it('do not replace a title that the kit has set on the frame', async () => {
    element = campaign();
    const { createElement } = document;
    document.createElement = (name: string) =>
      Object.assign(
        createElement.call(document, name),
        name === 'iframe' && { title: 'Le grand quiz' },
      );
    await stagePuppet(element).finally(() => (document.createElement = createElement));
    await element.updateComplete;
    expect(element.frame?.title).to.equal('Le grand quiz');
    element.frameTitle = 'Spring quiz';
    await element.updateComplete;
    expect(element.frame?.title).to.equal('Spring quiz');
    element.frameTitle = '';
    await element.updateComplete;
    expect(element.frame?.title).to.equal('Le grand quiz');
  });

  it('do not replace a title that is set after the element’s own', async () => {
    element = campaign();
    await stagePuppet(element);
    await element.updateComplete;
    expect(element.frame?.title).to.equal('Campaign');
    element.frame!.title = 'Le grand quiz';
    element.requestUpdate();
    await element.updateComplete;
    expect(element.frame?.title).to.equal('Le grand quiz');
  });

  it('are overridden by frame-title', async () => {
    element = campaign({ 'frame-title': 'Spring quiz' });
    await stagePuppet(element);
    expect(element.frame?.title).to.equal('Spring quiz');
  });
});

it('the page’s focus does not change while no panel opens', async () => {
  element = campaign();
  await stagePuppet(element);
  await nextTask();
  expect(document.activeElement).to.equal(document.body);
});
