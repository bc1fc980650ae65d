import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Paint } from '../../../../src/check/format-finding.ts';
import { renderMarkdown } from '../../../../src/client/view/markdown/render-markdown.ts';

const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;
const plain: Paint = (_style, text) => text;

function shown(text: string, width: number = 40): string {
  return renderMarkdown(text, width, plain);
}

describe('what Markdown looks like', () => {
  test('headings and paragraphs', () => {
    expect(shown('# One `x`\n\ntext that is\nlonger than one line of forty columns\n\n## Two\n### Three')).toBe(
      [
        'One x',
        '═════',
        '',
        'text that is longer than one line of',
        'forty columns',
        '',
        'Two',
        '───',
        '',
        'Three',
        '',
      ].join('\n'),
    );
  });

  test('lists, one in another, with numbers and with more than a line', () => {
    expect(shown('- a\n- b\n  1. c\n  2. d which is longer than one line of it\n\n9. x\n\n   y\n10. z\n')).toBe(
      [
        '• a',
        '• b',
        '  1. c',
        '  2. d which is longer than one line of',
        '     it',
        '',
        ' 9. x',
        '',
        '    y',
        '',
        '10. z',
        '',
      ].join('\n'),
    );
  });

  test('a quotation, code and a rule', () => {
    expect(shown('> quoted\n> - a\n\n```sh\nx  y\n\tz\n```\n\n---')).toBe(
      ['│ quoted', '│', '│ • a', '', '    x  y', '        z', '', '─'.repeat(40), ''].join('\n'),
    );
  });

  test('a table whose cells are wrapped', () => {
    const rows = '| Name | Right | Text |\n|---|--:|:-:|\n| a | 1 | words that do not fit in one line |\n| `b` |';
    expect(shown(rows, 32)).toBe(
      [
        'Name  Right         Text',
        '────  ─────  ───────────────────',
        'a         1   words that do not',
        '               fit in one line',
        'b',
        '',
      ].join('\n'),
    );
  });

  test('links with their addresses, where these say more than the text', () => {
    const text =
      '[a](https://x.y/z) [b](#there) [c](../d) <https://x.y> [e@f.g](mailto:e@f.g) ![pic](p.png) ![](q.png)';
    expect(shown(text, 100)).toBe('a (https://x.y/z) b c https://x.y e@f.g [image: pic] [image]\n');
  });

  test('HTML as its text', () => {
    const html =
      '<p align="center"><img alt="Logo &amp; co" src=x></p>\n<!-- hidden\n -->\n<script>alert(1)</script>\n<ul><li>a &lt; b<li><a href="https://x.y">c</a></ul>\n\ntext<br>more <b>bold</b> <kbd>k</kbd>';
    expect(shown(html, 60)).toBe('[image: Logo & co]\n• a < b\n• c (https://x.y)\n\ntext\nmore bold k\n');
  });

  test('styles', () => {
    expect(renderMarkdown('**b *i*** `c` [l m](https://x.y)', 80, tagged)).toBe(
      '<bold>b</bold> <italic>i</italic> <cyan>c</cyan> <underline>l</underline><underline> </underline><underline>m</underline> <dim>(https://x.y)</dim>\n',
    );
  });
});

describe('what anybody may have written', () => {
  // eslint-disable-next-line no-control-regex
  const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

  test('is never obeyed by the terminal', () => {
    const nasty = '\u001b]0;x\u0007\u009b31m\u202e&#27;[2J&#x9b;1m';
    const text = [
      nasty,
      `# ${nasty}`,
      `- ${nasty}`,
      `\`${nasty}\``,
      `\`\`\`\n${nasty}\n\`\`\``,
      `<p title="${nasty}">${nasty}</p>`,
    ]
      .concat(
        `[${nasty}](https://x.y/${nasty})`,
        `[a](<https://x.y/&#27;[2J>)`,
        `![${nasty}](a)`,
        `| ${nasty} |\n|---|\n| ${nasty} |`,
      )
      .join('\n\n');
    expect(shown(text)).not.toMatch(obeyed);
    expect(shown(text)).toContain(String.raw`\u001b`);
  });

  test('is no command for a log', () => {
    expect(shown('::error::x\n\n##vso[task]\n\n    ::warning::y')).not.toMatch(/^\s*::|##\w*\[/mu);
  });

  test('never makes it fail', () => {
    const unit = fc.constantFrom(
      ...'#*_`[]()<>!|-=~&; \n\t:"\'\\a1.',
      '\r',
      '\u001b',
      '<p ',
      '<!--',
      '&#27;',
      '    ',
      '> ',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (text, width) => {
        expect(shown(text, width)).not.toMatch(obeyed);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['quotations', '>'.repeat(50_000)],
    ['lists', '- '.repeat(50_000)],
    ['brackets', '['.repeat(50_000)],
    ['images', '![a]('.repeat(20_000)],
    ['emphasis', '*a **b '.repeat(20_000)],
    ['styles without a blank', '*a*b'.repeat(50_000)],
    ['tags without an end', '<a '.repeat(50_000)],
    ['quotation marks in tags', '<a b="'.repeat(20_000)],
    ['blocks of HTML', `<div>${'<a b="'.repeat(20_000)}`],
    ['scripts', `<div>${'<script>'.repeat(20_000)}`],
    ['a table of many rows', `${'|a'.repeat(300)}\n${'|-'.repeat(300)}\n${'x\n'.repeat(20_000)}`],
    ['a table of many columns', `${'|a'.repeat(20_000)}\n${'|-'.repeat(20_000)}\n`],
  ])('%s in any number', (_, text) => {
    expect(shown(text)).toBeTypeOf('string');
  });
});
