import { expect, test } from 'vitest';

import { withPinnedTags } from '../../../src/contribute/bump/pinned-tags.ts';

const OPEN = 'image:\n  repository: demo\n  tag: ""\n';

function after(values: string, base = OPEN, theirs = OPEN, software = { before: '1.0.0', after: '1.1.0' }): string {
  const text = `charts:\n  demo:\n    image:\n${values.replaceAll(/^/gmu, '      ').trimEnd()}\n`;
  const result = withPinnedTags(text, { name: 'demo', base, theirs, software });
  return result.text
    .split('\n')
    .slice(3)
    .map((line) => line.slice(6))
    .join('\n');
}

test.each([
  { what: 'a plain tag', values: 'tag: 1.0.0 # ours\n', result: 'tag: 1.1.0 # ours\n' },
  { what: 'quotes', values: "tag: '1.0.0'\n", result: "tag: '1.1.0'\n" },
  { what: 'a v', values: 'tag: "v1.0.0"\n', result: 'tag: "v1.1.0"\n' },
  { what: 'no digest', values: 'tag: 1.0.0\ndigest:\n', result: 'tag: 1.1.0\ndigest:\n' },
])('a tag that the chart leaves open follows its appVersion: $what', ({ values, result }) => {
  expect(after(values)).toBe(result);
});

test.each([
  { what: 'another version', values: 'tag: 1.0.0-debug\n' },
  { what: 'what is no tag', values: 'port: 1.0.0\n', base: 'image:\n  port:\n' },
  { what: 'a tag that a digest belongs to', values: 'tag: 1.0.0\ndigest: sha256:abc\n' },
  { what: 'a tag that the chart had itself', values: 'tag: 1.0.0\n', base: 'image:\n  tag: 1.0.0\n' },
  { what: 'a tag that the chart does not know', values: 'tag: 1.0.0\n', base: 'image: {}\n' },
])('$what stays', ({ values, base }) => {
  expect(after(values, base)).toBe(values);
});

test('whatever an appVersion holds becomes one text', () => {
  const software = { before: '1.0.0', after: '1.1.0\nevil: "x"' };
  expect(after('tag: 1.0.0\n', OPEN, OPEN, software)).toBe('tag: "1.1.0\\nevil: \\"x\\""\n');
  expect(after('tag: 1.0.0\n', OPEN, OPEN, { before: '1.0.0', after: '1.20' })).toBe('tag: "1.20"\n');
  expect(after('tag: 1.0.0\n', OPEN, OPEN, { before: '1.0.0', after: '1.0.0' })).toBe('tag: 1.0.0\n');
});

test('what an alias leads to is changed once', () => {
  const text = 'charts:\n  demo:\n    one: &one\n      tag: 1.0.0\n    two: *one\n';
  const base = 'one:\n  tag:\ntwo:\n  tag:\n';
  const result = withPinnedTags(text, {
    name: 'demo',
    base,
    theirs: base,
    software: { before: '1.0.0', after: '1.10.0' },
  });
  expect(result.text).toBe(text.replace('1.0.0', '1.10.0'));
  expect(result.pinned).toHaveLength(1);
});
