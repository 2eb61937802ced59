// What becomes of a page: its tags are elements, all other bytes are as before, and what is left is named.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rewritePage } from '../../src/tag-command/rewrite-page.js';
import { command, div, element, kit, loader, queue, script, tag } from './tags.js';

const rewrite = (html: string) =>
  rewritePage(html, { authEndpoint: '/qualifio/token', loginUrl: '/login?a=1&b="2"' });
const settings = ' auth-endpoint="/qualifio/token" login-url="/login?a=1&amp;b=&quot;2&quot;"';

const minified = `!function(e,t,n,c,r){var a,s;(a=e.createElement(c)).async=1,a.src=r,(s=e.getElementsByTagName(c)[0]).parentNode.insertBefore(a,s),t[n]=t[n]||[]}(document,window,"_qual_async","script","${kit}"),_qual_async.push(${command(7)});`;

/** Pages whose tags all become elements: before, and after. */
const whole: [what: string, before: string, after: string][] = [
  [
    'a tag of a campaign feed, on one line',
    `<p>a</p>\n${tag(7)}\n<p>b</p>\n`,
    `<p>a</p>\n${element(7, settings)}\n<p>b</p>\n`,
  ],
  [
    'two tags, each with a loader',
    `${tag(7)}\n<hr>\n${tag(8)}`,
    `${element(7, settings)}\n<hr>\n${element(8, settings)}`,
  ],
  [
    'a loader and two commands in one script',
    `${div(7)}<i></i>${div(8)}\n${script(loader + queue + `_qual_async.push(${command(7)}, ${command(8)})`)}`,
    `${element(7, settings)}<i></i>${element(8, settings)}\n`,
  ],
  [
    'a div and a script that are apart',
    `<main>\n\t${div(7)}\n</main>\n<footer>f</footer>\n\t${script(loader, push(7))}\n</body>`,
    `<main>\n\t${element(7, settings)}\n</main>\n<footer>f</footer>\n</body>`,
  ],
  [
    'a loader and a command in two scripts',
    `${script(loader)}\n${div(7)}\n${script(push(7))}\nz`,
    `${element(7, settings)}\nz`,
  ],
  [
    'a script element for the kit',
    `<script async src="${kit}?v=1"></script>\n${div(7)} ${script(queue + push(7))} text`,
    `${element(7, settings)}  text`,
  ],
  ['a minified tag', `${div(7)}${script(minified)}`, element(7, settings)],
  [
    'typographic quotes',
    `${div(7)}\n${script(push(7).replaceAll("'", '’'))}`,
    `${element(7, settings)}\n`,
  ],
  [
    'character references and line breaks of an editor',
    `${div(7).replace('></', '>&nbsp;<br></')}${script((loader + push(7)).replaceAll(');', ');<br />').replaceAll("'", '&#39;'))}`,
    element(7, settings),
  ],
  [
    'CDATA marks',
    `${div(7)}${script('//<![CDATA[\n', loader, push(7), '\n//]]>')}`,
    element(7, settings),
  ],
  [
    'Windows line ends and a byte order mark',
    `\ufeff<p>é\r\n${tag(7).replaceAll('\n', '\r\n')}\r\n<p>\r\n`,
    `\ufeff<p>é\r\n${element(7, settings)}\r\n<p>\r\n`,
  ],
  [
    'markup in upper case, and other code in the script',
    `<DIV ID=qualifio_insert_place_7></DIV>\n<SCRIPT>\n'use strict';\nlet shop = 1;\n${loader}\n${push(7)}\nshop++;\n</SCRIPT>`,
    `${element(7, settings)}\n<SCRIPT>\n'use strict';\nlet shop = 1;\nshop++;\n</SCRIPT>`,
  ],
  [
    'attributes of the div, and a nonce',
    `<div class="big qualifio_iframe_wrapper" id="qualifio_insert_place_7" data-Ad='1'  hidden></div><script nonce='{{ n }}'>${push(7)}</script>`,
    element(7, `${settings} class="big" data-Ad='1' hidden nonce='{{ n }}'`),
  ],
  [
    'a size and a style of its own',
    `${div(7)}${script(push(7, '640', '75%', 'font:"A"'.replaceAll('"', "\\'") + ';a:&b'))}`,
    element(7, settings, '640', '75%', "font:'A';a:&amp;b"),
  ],
  [
    'no size and no style',
    `${div(7)}${script(push(7, '', '', ''))}`,
    element(7, settings, '', '', 'max-width:none;'),
  ],
  [
    'a comment and a style sheet that name a tag',
    `<!-- ${tag(9)} --><style>#qualifio_insert_place_7{a:b}</style>${tag(7)}`,
    `<!-- ${tag(9)} --><style>#qualifio_insert_place_7{a:b}</style>${element(7, settings)}`,
  ],
  ['a paragraph that the div ends', `<p>a${tag(7)}</p>`, `<p>a${element(7, settings)} </p>`],
];

function push(number: number, ...values: string[]): string {
  return `_qual_async.push(${command(number, ...values)});`;
}

describe('qualifio-tag rewrites', () => {
  for (const [what, before, after] of whole) {
    it(what, () => {
      const { html, left } = rewrite(before);
      assert.deepEqual(left, []);
      assert.equal(html, after);
      // Once more changes nothing.
      assert.deepEqual(rewrite(html).rewritten, []);
      assert.deepEqual(rewrite(html).left, []);
    });
  }
});

const exchange = `_qual_async.push(['registerChildMessageCallback', 'isLoggedIn', login]);`;

/** Pages that stay byte for byte: what is named, by line. */
const leftAlone: [what: string, html: string, ...named: [line: number, found: RegExp][]][] = [
  [
    'a hand-written exchange',
    `${tag(7)}\n${script(exchange)}`,
    [1, /tag 7: .* line 2 exchanges/],
    [2, /exchanges messages/],
  ],
  [
    'an exchange in the script of the tag',
    `${div(7)}\n${script(loader, push(7), '\n', exchange)}`,
    [1, /tag 7: .* line 3/],
    [3, /exchanges/],
  ],
  ['a tag in a <template>', `\n<template>${tag(7)}</template>`, [2, /<template>/]],
  [
    'a tag in JSON',
    `<script type="application/json">${JSON.stringify({ a: tag(7).replaceAll('</', '<\\/') })}</script>`,
    [1, /data/],
  ],
  [
    'a tag in a string of a script',
    `<script>\nconst a = ${JSON.stringify(div(7))};\n</script>`,
    [2, /queue or the div/],
  ],
  [
    'a tag in an attribute',
    `<iframe\nsrcdoc="${div(7).replaceAll('"', '&quot;')}"></iframe>`,
    [2, /attribute/],
  ],
  ['an escaped tag', `a\n<p>&lt;div id="qualifio_insert_place_7"&gt;</p>`, [2, /text/]],
  ['server code', `<?php tag('qualifio_insert_place_7') ?>`, [1, /server code/]],
  [
    'a script that a consent tool runs',
    `${div(7)}<script type="text/plain" data-category="ads">${push(7)}</script>`,
    [1, /another script/],
  ],
  [
    'a script that others can find',
    `${div(7)}<script id="quiz">${push(7)}</script>`,
    [1, /another script/],
  ],
  [
    'a command in a function',
    `${div(7)}\n${script(`addEventListener('load', () => { ${push(7)} })`)}`,
    [2, /queue/],
  ],
  [
    'a script that is cut off',
    `${div(7)}\n${script(push(7).slice(0, -20))}`,
    [2, /not valid JavaScript/],
  ],
  [
    'a variable in the command',
    `${div(7)}\n${script(push(7).replace("'jeux.publisher.com'", 'host'))}`,
    [2, /queue/],
  ],
  [
    'a placeholder of a template language',
    `${div(7)}\n${script(push(7).replace('jeux.publisher.com', '{{ host }}'))}`,
    [1, /tag 7: its host must be a bare hostname/],
  ],
  [
    'a value that the element does not have',
    `${div(7)}\n${script(push(7).replace("'20'", "'30'"))}`,
    [1, /tag 7: value 4 of createIframe is "30"/],
  ],
  ['a div without a script', `\n${div(7)}`, [2, /tag 7: no createIframe/]],
  ['a script without a div', `\n${script(push(7))}`, [2, /tag 7: its div is not/]],
  ['one tag twice', `${tag(7)}\n${tag(7)}`, [1, /tag 7: it is here again, in line 2/]],
  ['a tag beside its element', `${element(7)}\n${tag(7)}`, [2, /tag 7: .*<qualifio-campaign>/]],
  [
    'a div with content',
    `<div id="qualifio_insert_place_7">Wait</div>${script(push(7))}`,
    [1, /tag 7: its div has content/],
  ],
  [
    'a div with an attribute of the element',
    `<div id="qualifio_insert_place_7" width="9"></div>${script(push(7))}`,
    [1, /tag 7: .*attribute width/],
  ],
  [
    'code that uses the div',
    `${tag(7)}\n${script(`document.getElementById('qualifio_insert_place_7').hidden = true`)}`,
    [1, /tag 7: code in line 2/],
    [2, /queue or the div/],
  ],
  [
    'a loader that does more',
    `${div(7)}\n${script(loader.replace('a.async=1', 'a.async=1;track()'), push(7))}`,
    [1, /tag 7: code in line 2/],
    [2, /queue/],
  ],
];

describe('qualifio-tag leaves', () => {
  for (const [what, html, ...named] of leftAlone) {
    it(what, () => {
      const result = rewrite(html);
      assert.equal(result.html, html);
      const found = result.left.map((remark) => `${remark.line}: ${remark.found}`);
      assert.equal(found.length, named.length, found.join('\n'));
      for (const [index, [line, pattern]] of named.entries()) {
        assert.equal(result.left[index]!.line, line, found[index]);
        assert.match(found[index]!, pattern);
        assert.match(result.left[index]!.fix, /^[A-Z].*\.$/);
      }
    });
  }

  it('comments and a loader without a tag, as notes', () => {
    const html = `<!-- ${tag(7)} -->\n${script(loader)}`;
    const { html: after, left, notes } = rewrite(html);
    assert.equal(after, html);
    assert.deepEqual(left, []);
    assert.deepEqual(
      notes.map(({ line }) => line),
      [1, 2],
    );
  });
});

/** Pages of which one tag becomes an element, with what stays of the other: before, and after. */
const bad = (number: number) => push(number).replace("'20'", "'30'");
const parts: [what: string, before: string, after: string][] = [
  [
    'its own loader, so the other one goes',
    `${div(7)}${script(loader, push(7))}\n${div(8)}${script(loader, bad(8))}`,
    `${element(7, settings)}\n${div(8)}${script(loader, bad(8))}`,
  ],
  [
    'the loader of the tag before it',
    `${div(7)}${script(loader, push(7))}\n${div(8)}${script(bad(8))}`,
    `${element(7, settings)}${script(loader)}\n${div(8)}${script(bad(8))}`,
  ],
  [
    'the kit and the queue before it',
    `<script src="${kit}"></script>${script(queue)}${div(7)}${script(push(7))}\n${div(8)}${script(bad(8))}`,
    `<script src="${kit}"></script>${script(queue)}${element(7, settings)}\n${div(8)}${script(bad(8))}`,
  ],
  [
    'its script, to which the loader belongs',
    `${div(8)}${script(loader, bad(8))}\n${tag(7)}`,
    `${div(8)}${script(loader, bad(8))}\n${element(7, settings)}`,
  ],
];

describe('qualifio-tag rewrites one tag, and leaves of the other', () => {
  for (const [what, before, after] of parts) {
    it(what, () => {
      const { html, rewritten, left } = rewrite(before);
      assert.equal(html, after);
      assert.deepEqual(
        rewritten.map(({ campaignId }) => campaignId),
        ['7'],
      );
      assert.match(left[0]!.found, /^tag 8: value 4/);
    });
  }

  it('all, if one statement makes both', () => {
    const html = `${div(7)}${div(8)}${script(loader, `_qual_async.push(${command(7)}, ${command(8).replace("'20'", "'30'")})`)}`;
    const { html: after, left } = rewrite(html);
    assert.equal(after, html);
    assert.equal(left.length, 2);
  });
});
