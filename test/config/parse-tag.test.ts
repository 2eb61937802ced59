import { expect } from '@open-wc/testing';
import { QualifioError } from '../../src/index.js';
import { parseTag } from '../../src/config/parse-tag.js';
import { fromFeed, fromSite } from '../support/published-tags.js';
import { endpoint, freshId } from '../support/stage.js';

const guid = 'D2719A5E-0C4B-4E7F-9A13-5B6E8F704C21';

/** A tag's script whose command has these entries after its name. */
function command(...entries: string[]): string {
  return `_qual_async.push(['createIframe', ${entries.join(', ')}]);`;
}

const usual = [
  `'qualifio_insert_place_7'`,
  `'jeux.gazette.example'`,
  `'20'`,
  `'${guid}'`,
  `'100%'`,
  `'1200'`,
  `''`,
  `''`,
  `''`,
  `'max-width:810px;'`,
];

/** A tag as text in a page. */
function escaped(html: string): string {
  return html
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function inCdata(begin: string, end: string): string {
  return fromSite.replace('<script>', `<script>${begin}`).replace('</script>', `${end}</script>`);
}

function refusal(html: string): QualifioError {
  try {
    parseTag(html);
  } catch (error) {
    expect(error).to.be.instanceOf(QualifioError);
    expect(error).to.include({ code: 'CONFIG_INVALID', phase: 'config', recoverable: false });
    return error as QualifioError;
  }
  throw new Error('The tag was taken.');
}

describe('parseTag', () => {
  it('reads the exact tag of a campaign feed', () => {
    expect(parseTag(fromFeed)).to.deep.equal({
      campaignId: '220417',
      channelId: guid,
      host: 'jeux.gazette.example',
      width: '100%',
      height: '2480',
      frameStyle: 'max-width:810px;margin:0 auto;',
      kitUrl: '//jeux.gazette.example/kit/qualp.2.min.js',
    });
  });

  it('reads the exact formatted tag with a trailing comma', () => {
    expect(parseTag(fromSite)).to.deep.equal({
      campaignId: '3391002',
      channelId: '7b1e52c0-94d8-4f36-8a05-c1d2e3f4a5b6',
      host: 'concours.journal.example',
      width: '640',
      height: '75%',
      frameStyle: 'max-width: 720px; margin: 0 auto;',
      kitUrl: 'https://files.qualifio.com/kit/qualp.2.min.js',
    });
  });

  it('reads a tag with Windows line endings, tabs and upper-case markup', () => {
    const odd = fromSite
      .replaceAll('\n', '\r\n\t')
      .replace('<script>', '<SCRIPT>')
      .replace('</script>', '</SCRIPT >')
      .replace('<div', '<DIV');
    expect(parseTag(odd)).to.deep.equal(parseTag(fromSite));
  });

  it('reads the script without the HTML around it', () => {
    const script = /<script>([^]*)<\/script>/.exec(fromSite)![1]!;
    expect(parseTag(script)).to.deep.equal(parseTag(fromSite));
  });

  it('reads only the command, without a kit URL', () => {
    expect(parseTag(command(...usual))).to.deep.equal({
      campaignId: '7',
      channelId: guid,
      host: 'jeux.gazette.example',
      width: '100%',
      height: '1200',
      frameStyle: 'max-width:810px;',
      kitUrl: null,
    });
  });

  it('decodes escapes in strings', () => {
    const style = String.raw`'font-family:\'ABC\';background:url(\/a\\b)'`;
    expect(parseTag(command(...usual.slice(0, -1), style)).frameStyle).to.equal(
      String.raw`font-family:'ABC';background:url(/a\b)`,
    );
  });

  it('keeps other quotes, brackets and commas in a string', () => {
    const style = `"font-family:'A, B',[c];content:'//'"`;
    expect(parseTag(command(...usual.slice(0, -1), style)).frameStyle).to.equal(
      `font-family:'A, B',[c];content:'//'`,
    );
  });

  it('reads numbers without quotes', () => {
    const entries = usual.with(2, '20').with(4, '640').with(5, '1200.5');
    expect(parseTag(command(...entries))).to.include({ width: '640', height: '1200.5' });
  });

  it('uses the element’s defaults for a missing or empty size and style', () => {
    const empty = { width: '', height: '', frameStyle: '' };
    expect(parseTag(command(...usual.slice(0, 4)))).to.include(empty);
    expect(parseTag(command(...usual.with(4, "''").with(5, "''").with(9, "''")))).to.include(empty);
  });

  for (const [kind, comment] of [
    ['an HTML comment', `<!-- <script>${command(...usual)}</script> -->`],
    ['a line comment', `<script>// ${command(...usual)}</script>`],
    ['a block comment', `<script>/* before\n ${command(...usual)} */</script>`],
    [
      'a comment after a numeric escape',
      String.raw`<script>text('\x41'); // ${command(...usual)}` + '\n</script>',
    ],
  ] as const) {
    it(`ignores a command in ${kind}`, () => {
      expect(parseTag(comment + fromFeed).campaignId).to.equal('220417');
      expect(parseTag(fromFeed + comment).campaignId).to.equal('220417');
      expect(refusal(comment).message).to.match(/one createIframe command, not 0/);
    });
  }

  it('reads no command after an unclosed comment', () => {
    for (const open of ['<!--', '<script>/*']) {
      expect(refusal(open + command(...usual)).message).to.match(/command, not 0/);
    }
  });

  it('skips comments within the command', () => {
    const commented = fromSite.replace('"20",', '"20", // constant\n /* the channel: */');
    expect(parseTag(commented)).to.deep.equal(parseTag(fromSite));
  });

  it('does not treat // in a string as a comment', () => {
    const oneLine = fromFeed.replace(/\s+/g, ' ');
    expect(parseTag(oneLine).kitUrl).to.equal('//jeux.gazette.example/kit/qualp.2.min.js');
  });

  const mangled: Record<string, string> = {
    'escaped as text': escaped(fromSite),
    'escaped twice': escaped(escaped(fromSite)),
    'with its quotes as character references': fromSite.replaceAll('"', '&quot;'),
    'with single quotes as decimal references': fromFeed.replaceAll("'", '&#39;'),
    'with single quotes as hexadecimal references': fromFeed.replaceAll("'", '&#x27;'),
    'with curly single quotes': fromFeed.replaceAll(/'([^']*)'/g, '‘$1’'),
    'with curly double quotes': fromSite.replaceAll(/"([^"]*)"/g, '“$1”'),
    'with low and prime quotes': fromSite.replaceAll(/"([^"]*)"/g, '„$1″'),
    'as WordPress writes it': fromFeed.replaceAll(/'([^']*)'/g, '&#8216;$1&#8217;'),
    'in paragraphs': `<p>${fromSite.replaceAll('\n', '<br />\n')}</p>`,
    'with a paragraph between its values': fromSite.replaceAll(',\n', ',</p>\n<p>'),
    'with non-breaking spaces as references': fromSite.replaceAll('  ', '&nbsp; '),
    'with non-breaking spaces as characters': fromSite.replaceAll('  ', '\u{a0} '),
    'coloured by a code block': fromSite.replaceAll('"20"', '<span class="s">"20"</span>'),
    'with CDATA in comments': inCdata('//<![CDATA[\n', '\n//]]>'),
    'with CDATA in comments, on one line': inCdata('//<![CDATA[ ', ' //]]>').replace(/\n/g, ' '),
    'with CDATA in block comments': inCdata('/* <![CDATA[ */', '/* ]]> */'),
    'with bare CDATA': inCdata('<![CDATA[', ']]>'),
  };
  for (const [how, tag] of Object.entries(mangled)) {
    it(`reads a tag ${how}`, () => {
      const { campaignId } = parseTag(tag);
      const { kitUrl: _, ...whole } = parseTag(campaignId === '220417' ? fromFeed : fromSite);
      expect(parseTag(tag)).to.include(whole);
    });
  }

  const whole = escaped(fromFeed);
  for (const [why, html] of [
    ['it is empty', ''],
    ['it is empty', ' \n\t'],
    ['it is in a comment', `<!-- ${fromFeed} -->`],
    ['it is in a comment', `<script>/* ${command(...usual)} */</script>`],
    ['it is cut off, or a value is not plain text', fromFeed.slice(0, -60)],
    ['it is cut off, or a value is not plain text', whole.slice(0, whole.indexOf(guid))],
    ['it is cut off, or a value is not plain text', command('divId', ...usual.slice(1))],
    ['it calls something else', `<script>_qual_async.push(['createWidget', 'x'])</script>`],
    ['its script was removed', '<div id="qualifio_insert_place_7"></div>'],
    ['the iframe, not the JS tag', '<iframe src="//jeux.gazette.example/20/x/v1.cfm"></iframe>'],
    ['it is not a JS tag', '<p>Play here!</p>'],
  ] as const) {
    it(`says of ${JSON.stringify(html.slice(0, 60))} that ${why}`, () => {
      expect(refusal(html).message).to.contain(`, not 0: ${why}`.replace(': the', ': it is the'));
    });
  }

  it('says of two tags what to do', () => {
    expect(refusal(fromFeed + fromFeed).message).to.match(/not 2: paste one tag into each element/);
    expect(refusal(escaped(fromFeed + fromSite)).message).to.match(/not 2: paste one tag/);
  });

  it('refuses two commands', () => {
    expect(refusal(fromFeed + fromSite).message).to.match(/one createIframe command, not 2/);
  });

  for (const [name, text] of [
    ['an empty text', ''],
    ['white space', ' \n\t '],
    ['other HTML', '<p>Play here!</p>'],
    ['the iframe integration', '<iframe src="//jeux.gazette.example/20/x/v1.cfm"></iframe>'],
    ['a loader without its command', fromFeed.replace(/_qual_async\.push.*?\);/, '')],
    ['another command', `_qual_async.push(['sendChildMessage', 'qualifio_insert_place_7', 'x'])`],
    ['a command cut off', fromFeed.slice(0, -60)],
    ['entries that are not literals', command('divId', ...usual.slice(1))],
    [
      'numeric escapes, rather than misread them',
      command(...usual.with(9, String.raw`'\x41\u0042'`)),
    ],
    ['a joined text', command(`'qualifio_insert_place_' + 7`, ...usual.slice(1))],
  ] as const) {
    it(`refuses ${name} and says what a tag must have`, () => {
      expect(refusal(text).message).to.match(/pasted tag must be one createIframe command/);
    });
  }

  it('refuses a tag whose div and command differ', () => {
    const { message } = refusal(
      fromFeed.replace('qualifio_insert_place_220417', 'qualifio_insert_place_99'),
    );
    expect(message)
      .to.match(/campaignId/)
      .and.to.match(/99/)
      .and.to.match(/220417/);
  });

  for (const [field, index, entry] of [
    ['campaignId', 0, `'my_place'`],
    ['campaignId', 0, `'qualifio_insert_place_12a'`],
    ['campaignId', 0, `''`],
    ['host', 1, `'https://jeux.gazette.example'`],
    ['host', 1, `''`],
    ['channelId', 3, `'B7FDCFDA'`],
    ['channelId', 3, `''`],
    ['width', 4, `'wide'`],
    ['height', 5, `'100vh'`],
    ['frameStyle', 9, `'color:red"><b>'`],
  ] as const) {
    it(`refuses ${entry} as ${field} and names that field`, () => {
      const { message } = refusal(command(...usual.with(index, entry)));
      expect(message)
        .to.match(/The pasted tag/)
        .and.to.contain(field);
    });
  }

  it('takes no longer for huge or hostile text than for the longest valid tag', () => {
    const units = [
      'x',
      ' ',
      '<!--',
      '/*',
      '<script>',
      '<script ',
      `'`,
      `\\`,
      `'\\`,
      `'\\x`,
      '["createIframe"',
      `['createIframe',`,
      `['createIframe', '', '`,
      `['createIframe', 1.1.1,`,
      '1,',
      '"/kit/qualp',
      '<p',
      '&#39',
      '&amp;',
      '/* ',
      '//',
      ']]',
      'id=',
    ];
    const texts = (size: number): string[] => [
      ...units.map((unit) => unit.repeat(Math.ceil(size / unit.length))),
      `['createIframe'${' '.repeat(size)}`,
      `['createIframe'${", ''".repeat(size)}`,
    ];
    const best = (some: string[]): number => {
      const times = [1, 2, 3].map(() => {
        const start = performance.now();
        for (const text of some) refusal(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    expect(best(texts(1_000_000)) / best(texts(16_384))).to.be.below(10);
  });

  it('quotes only a short part of an invalid tag', () => {
    const long = 'x y'.repeat(5000);
    expect(refusal(command(...usual.with(1, `'${long}'`))).message.length).to.be.below(300);
  });

  describe('never executes', () => {
    // @holds P8
    it('a script in the tag, and requests nothing that it names', async () => {
      const source = endpoint({ type: 'text/javascript', body: '' });
      const control = endpoint({
        type: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      });
      const canary = `<script>window.canary = 'script'</script>
        <img src="${source.url}" onerror="window.canary = 'image'">
        <script src="${source.url}"></script><iframe src="${source.url}"></iframe>
        <link rel="stylesheet" href="${source.url}">`;
      const html =
        canary +
        fromFeed.replace('//jeux.gazette.example/kit', `http://${source.url.split('/')[2]}/kit`);
      expect(parseTag(html).campaignId).to.equal('220417');

      const element = document.createElement('qualifio-campaign');
      element.loading = 'manual';
      element.campaignId = freshId();
      const template = document.createElement('template');
      template.innerHTML = html;
      element.append(template);
      document.body.append(element);
      await element.updateComplete;

      const image = new Image();
      image.src = control.url;
      await image.decode().catch(() => {});
      expect(element.error).to.equal(null);
      expect('canary' in window).to.equal(false);
      expect(await control.requests()).to.have.length(1);
      expect(await source.requests()).to.have.length(0);
      element.remove();
    });
  });
});

describe('a hostile tag', () => {
  const size = 16_000;
  const hostile: Record<string, string> = {
    'white space before the end': `['createIframe', 'a'${' '.repeat(size)}`,
    'white space after a comma': `['createIframe',${' '.repeat(size)}`,
    commas: `['createIframe'${','.repeat(size)}`,
    digits: `['createIframe', ${'1'.repeat(size)}`,
    beginnings: `['createIframe',1`.repeat(size / 16),
    quotes: `'`.repeat(size),
    'half a comment': '<!--'.repeat(size / 4),
    'half a script': '<script'.repeat(size / 7),
    'half an id': `${command(...usual)}id${' '.repeat(size)}`,
    'half an address': `"${'/kit/qualp'.repeat(size / 10)}`,
  };

  function parse(html: string): void {
    try {
      parseTag(html);
    } catch {
      // The text is not a tag.
    }
  }

  /** Milliseconds for `count` runs. */
  function time(html: string, count: number): number {
    const start = performance.now();
    for (let run = 0; run < count; run += 1) parse(html);
    return performance.now() - start;
  }

  for (const [what, html] of Object.entries(hostile)) {
    it(`takes linear time: ${what}`, () => {
      const part = html.slice(0, size / 16);
      // Some browsers round the time to whole milliseconds.
      let count = 1;
      while ([1, 2, 3].some(() => time(part, 16 * count) < 5)) count *= 2;
      // The same amount of text: a linear algorithm takes as long for one as for 16 parts, a quadratic
      // one 16 times as long. Other processes slow both down; the shortest of several times counts.
      let whole = Infinity;
      let parts = Infinity;
      for (let round = 0; round < 20 && !(round >= 5 && whole < 4 * parts); round += 1) {
        whole = Math.min(whole, time(html, count));
        parts = Math.min(parts, time(part, 16 * count));
      }
      expect(whole / parts).to.be.lessThan(4);
    });
  }
});
