import { expect, test } from 'vitest';

import { brokenLink } from '../../../../src/check/rules/readme/broken-link.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(readme: string): Promise<Finding[]> {
  const files = { 'README.md': readme, 'docs/a b.md': '', 'docs/50%.md': '', 'img/x(1).png': '' };
  return [...brokenLink(await lintPackOf({ files }))];
}

test.each([
  'values.yaml',
  './values.yaml#top',
  'values.yaml?raw=true',
  'docs',
  'docs/',
  '.',
  './',
  '<docs/a b.md>',
  'docs/a%20b.md',
  'docs/50%.md',
  'docs/../pack.json',
  'img/x(1).png',
  'img/x\\(1\\).png',
  '',
  '#usage',
  '?a',
  'https://example.com/a.md',
  'HTTP://example.com',
  'mailto:a@example.com',
  'data:image/png;base64,AAAA',
  '//example.com/a',
  '/docs/a.md',
  '{{link}}',
])('%s leads somewhere, or is none of our business', async (target) => {
  expect(await found(`[a](${target})`)).toEqual([]);
});

test('a link that leads nowhere is told at its place', async () => {
  expect(await found('# Demo\n\nSee [values](value.yaml#top).\n')).toEqual([
    {
      rule: 'readme/broken-link',
      severity: 'error',
      file: 'README.md',
      place: { line: 3, column: 14, endColumn: 28, source: 'See [values](value.yaml#top).' },
      args: { target: 'value.yaml#top', outside: false, suggestion: 'values.yaml' },
    },
  ]);
});

test.each<[string, object]>([
  ['![a](nowhere/at/all.png)', { target: 'nowhere/at/all.png', outside: false }],
  ['[a]\n\n[a]: LICENSE', { target: 'LICENSE', outside: false }],
  ['<img src="picture.svg">', { target: 'picture.svg', outside: false }],
  ['[a](../other/README.md)', { target: '../other/README.md', outside: true }],
  ['[a](docs/../../x)', { target: 'docs/../../x', outside: true }],
  ['[a](%2e%2e/x)', { target: '%2e%2e/x', outside: true }],
])('%j', async (readme, args) => {
  expect((await found(readme)).map((finding) => finding.args)).toEqual([args]);
});

test('links in code are not links', async () => {
  expect(await found('`[a](b)`\n\n```\n[a](b)\n```\n')).toEqual([]);
});

test('a README.md that is missing or not UTF-8 has no links', async () => {
  for (const content of [null, Buffer.from([0xff])])
    expect([...brokenLink(await lintPackOf({ files: { 'README.md': content } }))]).toEqual([]);
});

test('only the first broken links get a suggestion', async () => {
  const findings = await found('[a](value.yaml)\n'.repeat(12));
  expect(findings.filter(({ args }) => 'suggestion' in args)).toHaveLength(10);
});
