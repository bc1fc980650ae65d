import { describe, expect, test } from 'vitest';

import { unsafeSvg } from '../../src/pack/svg-safety.ts';

const OUTSIDE_LINK = 'a link to something outside it';
const OUTSIDE_URL = 'a url() to something outside it';

function svg(content: string, attributes: string = ''): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"${attributes}>${content}</svg>`;
}

/** Levels of references to the level below. */
function useBomb(levels: number, fan: number): string {
  return Array.from(
    { length: levels },
    (_, level) => `<g id="l${level}">${`<use href="#l${level - 1}"/>`.repeat(fan)}</g>`,
  ).join('');
}

describe('refused', () => {
  test.each([
    ['<script>alert(1)</script>', 'a <script> element'],
    ['<SCRIPT/>', 'a <SCRIPT> element'],
    ['<script\n>', 'a <script> element'],
    ['<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>', 'a <script> element'],
    ['<x.y:script>1</x.y:script>', 'a <script> element'],
    ['<é:script>1</é:script>', 'a <script> element'],
    ['<foreignObject><p>html</p></foreignObject>', 'a <foreignObject> element'],
    ['<image width="1" height="1"/>', 'a <image> element'],
    ['<filter id="f"><feImage/></filter>', 'a <filter> element'],
    ['<feImage/>', 'a <feImage> element'],
    ['<iframe/>', 'a <iframe> element'],
    ['<text>fonts differ</text>', 'a <text> element'],
    ['<animateTransform/>', 'a <animateTransform> element'],
    ['<set attributeName="href"/>', 'a <set> element'],
    ['<a href="#top"><path/></a>', 'a <a> element'],
  ])('%s', (content, construct) => {
    expect(unsafeSvg(svg(content))).toBe(construct);
  });

  test.each([
    ['<use href="other.svg#a"/>', OUTSIDE_LINK],
    ['<use xlink:href="http://example.org/a.svg"/>', OUTSIDE_LINK],
    ["<use href = 'file:///etc/passwd'/>", OUTSIDE_LINK],
    ['<use href="data:image/svg+xml;base64,PHN2Zz4="/>', OUTSIDE_LINK],
    ['<use href="javascript:alert(1)"/>', OUTSIDE_LINK],
    ['<use href=" #a"/>', OUTSIDE_LINK],
    ['<xi:include href="/etc/passwd"/>', OUTSIDE_LINK],
    ['<path src="x"/>', OUTSIDE_LINK],
    ['<path fill="url(http://example.org/#a)"/>', OUTSIDE_URL],
    ['<path style="fill:url( \'//example.org/a\' )"/>', OUTSIDE_URL],
    ['<style>path { fill: URL("a.svg#b") }</style>', OUTSIDE_URL],
    ['<style>@font-face { src: url(data:font/woff;base64,AA) }</style>', OUTSIDE_URL],
    ['<style>@import "a.css";</style>', 'an @import rule'],
    ['<style>@IMPORT url(#a);</style>', 'an @import rule'],
    ['<style>@\\69mport "a.css";</style>', 'an escape in a style'],
    ['<path style="fill:u\\72l(a)"/>', 'an escape in a style'],
    ['<path style="fill:\\url(#a)"/>', 'an escape in a style'],
    ['<path style="fill:u\\r\\l(#a)"/>', 'an escape in a style'],
    ['<path style="fill:ur\\l(#a)"/>', 'an escape in a style'],
    [useBomb(10, 10), 'parts that repeat each other too often'],
    ['<style><![CDATA[path{}]]></style>', 'a CDATA section'],
    ['<path onload="alert(1)"/>', 'an event handler'],
    ["<path\nonClick = 'alert(1)'/>", 'an event handler'],
    ['<path d="&#77;0 0"/>', 'a character reference'],
    ['<style>@&#105;mport "a.css";</style>', 'a character reference'],
    ['<path d=">" style="fill:u&#x72;l(a)"/>', 'a character reference'],
    ['<?php echo 1 ?>', 'a processing instruction'],
    ['<switch><g systemLanguage="de"/></switch>', 'a condition on the language'],
  ])('%s', (content, construct) => {
    expect(unsafeSvg(svg(content))).toBe(construct);
  });

  test.each([
    ['a document type', `<!DOCTYPE svg>${svg('')}`, 'a document type'],
    ['entities that grow', `<!doctype svg [<!ENTITY a "aa">]>${svg('&a;')}`, 'a document type'],
    ['an entity alone', `<!ENTITY a "aa">${svg('')}`, 'an entity'],
    ['a style sheet', `<?xml-stylesheet href="a.css"?>${svg('')}`, 'a processing instruction'],
    ['a handler on the root', svg('', ' onload="alert(1)"'), 'an event handler'],
    [
      'another encoding',
      `<?xml version="1.0" encoding="UTF-7"?>${svg('+ADw-script/+AD4-')}`,
      'an encoding other than UTF-8',
    ],
    [
      'an encoding in single quotes',
      `\uFEFF<?xml version='1.0' encoding='utf-16'?>${svg('')}`,
      'an encoding other than UTF-8',
    ],
  ])('%s', (_, text, construct) => {
    expect(unsafeSvg(text)).toBe(construct);
  });

  test('half a megabyte made to be slow to search gets its answer', () => {
    const slow = ['<svg ', '<', '<a-', ' href', ' on', 'url(', '<?xml ', '&', '<x:'];
    const answers = slow.map((piece) => unsafeSvg(piece.repeat(500_000 / piece.length)));
    expect(answers).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      OUTSIDE_URL,
      undefined,
      undefined,
      undefined,
    ]);
    expect(unsafeSvg(`url(${' '.repeat(500_000)}#`)).toBeUndefined();
    expect(unsafeSvg(` href${' '.repeat(500_000)}`)).toBeUndefined();
  });
});

test.each([
  ['shapes', '<path d="M0 0L4 4"/><circle r="2"/><rect width="1" height="1"/><g><ellipse rx="1" ry="2"/></g>'],
  ['a gradient', '<linearGradient id="g"><stop offset="0"/></linearGradient><path fill="url(#g)"/>'],
  ['a gradient in quotes and a style', '<path style="fill:url( \'#g\' )"/>'],
  ['a link inside', '<use xlink:href="#a"/><use href=\'#a\'/><use href=""/>'],
  ['a mask and a clip path', '<clipPath id="c"/><mask id="m"/><path clip-path="url(#c)" mask="url(#m)"/>'],
  ['a style', '<style>.a { fill: #fff; } @media print { .a { fill: #000 } }</style><path class="a"/>'],
  ['words of an editor', '<title>A &amp; B</title><desc>Drawn on a plane</desc><metadata/><!-- made by hand -->'],
  ['a name that only begins like an unsafe one', '<sets/><images-list/><antialias/>'],
])('%s may stay', (_, content) => {
  expect(
    unsafeSvg(
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${svg(content, ' version="1.1" viewBox="0 0 8 8"')}`,
    ),
  ).toBeUndefined();
});
