import { describe, expect, test } from 'vitest';

import { growsTooLarge } from '../../src/pack/svg-expansion.ts';

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
}

/** Ten levels of an element, each with ten children that refer to the level below. */
function levels(element: string, reference: (below: string) => string): string {
  return Array.from({ length: 10 }, (_, level) => {
    const own = level === 0 ? '<path/>' : reference(`l${level - 1}`).repeat(10);
    return `<${element} id="l${level}">${own}</${element}>`;
  }).join('');
}

describe('too large', () => {
  test.each([
    ['uses of uses', levels('g', (below) => `<use href="#${below}"/>`)],
    ['uses by an older name', levels('g', (below) => `<use xlink:href='#${below}'/>`)],
    ['the largest first', levels('g', (below) => `<use href="#${below}"/>`).replace(/(<g.*)(<g id="l9".*)/u, '$2$1')],
    ['patterns of patterns', levels('pattern', (below) => `<path fill="url(#${below})"/>`)],
    ['masks in a style', levels('mask', (below) => `<path style="mask:url( &quot;#${below}&quot; )"/>`)],
    [
      'clip paths by class',
      `<style>${classes('.c')}</style>${levels('mask', (below) => `<path class="x c${below}"/>`)}`,
    ],
    ['by any selector', `<style>${classes('g > .c')}</style>${levels('mask', () => '<path/>')}`],
    [
      'a name with an entity',
      levels('g', (below) => `<use href="#${below}&apos;"/>`).replace(/id="(\w+)"/gu, `id="$1'"`),
    ],
    ['comments in between', levels('g', (below) => `<!-- </g> --><use href="#${below}"/>`)],
    ['a bracket in an attribute', levels('g', (below) => `<use d="></g>" href="#${below}"/>`.replace('</g>', '/g>'))],
    ['thousands of masks', `<mask id="a"/>${'<path mask="url(#a)"/>'.repeat(3000)}`],
    ['a flat list of large parts', `<g id="a">${'<path/>'.repeat(3000)}</g>${'<use href="#a"/>'.repeat(1000)}`],
    [
      'a chain without an end in sight',
      Array.from({ length: 100 }, (_, i) => `<g id="g${i}"><use href="#g${i + 1}"/></g>`).join(''),
    ],
    ['a sheet of references', `<style>${'.a{fill:url(#a)}'.repeat(10_001)}</style>`],
  ])('%s', (_, content) => {
    expect(growsTooLarge(svg(content))).toBe(true);
  });
});

function classes(prefix: string): string {
  return Array.from({ length: 10 }, (_, level) => `${prefix}l${level}{mask:url(#l${level})}`).join('');
}

describe('not too large', () => {
  test.each([
    ['a drawing', '<path d="M0 0"/>'.repeat(20_000)],
    ['one part many times', `<g id="a"><path/></g>${'<use href="#a"/>'.repeat(5000)}`],
    [
      'a gradient on many shapes',
      `<linearGradient id="a"><stop/></linearGradient>${'<path fill="url(#a)"/>'.repeat(5000)}`,
    ],
    [
      'a gradient by class',
      `<style>.a,.b{fill:url(#a)}</style><radialGradient id="a"/>${'<path class="b"/>'.repeat(5000)}`,
    ],
    ['a circle', '<g id="a"><use href="#a"/><use href="#b"/></g><g id="b"><use href="#a"/></g>'],
    ['a hundred masks', `<mask id="a"/>${'<path mask="url(#a)"/>'.repeat(100)}`],
    ['a link to nothing', '<use href="#none"/>'],
    ['the first of one name', `<g id="a"/><g id="a">${'<path/>'.repeat(3000)}</g>${'<use href="#a"/>'.repeat(1000)}`],
    ['what is no XML', '<g></a></b></g></g><path a=b <!-- "'],
  ])('%s', (_, content) => {
    expect(growsTooLarge(svg(content))).toBe(false);
  });
});

test('half a megabyte made to be slow to read gets its answer', () => {
  const pieces = [
    '<',
    '<a ',
    '<a "',
    "<a '",
    '<!--',
    '<g id="a">',
    '<g class="a b c">',
    '{',
    '}',
    'url(',
    'url(#a)',
    '{url(#a)}',
    'a',
    ' ',
    '=',
    ' a=',
    '<a a',
    '.a,',
    '&',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(500_000 / piece.length);
    for (const content of [
      text,
      `<style>${text}`,
      `<style>.a{fill:url(#a)}</style>${text}`,
      `<a ${text}>`,
      `<a a="${text}">`,
    ]) {
      expect(typeof growsTooLarge(content)).toBe('boolean');
    }
  }
  const nested = Array.from({ length: 10_000 }, (_, index) => `<g id="${index}">`).join('');
  const uses = Array.from({ length: 10_000 }, (_, index) => `<use href="#${index}"/>`).join('');
  expect(growsTooLarge(nested + uses + '</g>'.repeat(10_000) + uses)).toBe(true);
});
