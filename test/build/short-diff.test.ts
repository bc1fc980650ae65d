import { createHash } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shortDiff } from '../../src/build/short-diff.ts';

function lines(count: number, prefix: string = 'line'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`);
}

/** A text with some of its lines replaced, by number. */
function replaced(all: readonly string[], others: Readonly<Record<number, string>>): string {
  return `${all.map((line, index) => others[index + 1] ?? line).join('\n')}\n`;
}

test('shows what differs with two lines around it', () => {
  const before = lines(9);
  expect(shortDiff(replaced(before, {}), replaced(before, { 5: 'other' }), 20)).toEqual([
    '@@ -3,5 +3,5 @@',
    ' line 3',
    ' line 4',
    '-line 5',
    '+other',
    ' line 6',
    ' line 7',
  ]);
});

test.each<[string, string, string, readonly string[]]>([
  ['lines that were added', '', 'a\nb\n', ['@@ -0,0 +1,2 @@', '+a', '+b']],
  ['lines that were removed', 'a\nb\n', '', ['@@ -1,2 +0,0 @@', '-a', '-b']],
  ['a missing end of line', 'a', 'a\n', ['@@ -1,1 +1,1 @@', '-a', '\\ No newline at end of file', '+a']],
  ['other ends of lines', 'a\r\n', 'a\n', ['@@ -1,1 +1,1 @@', '-a\r', '+a']],
  ['nothing', 'a\n', 'a\n', []],
])('shows %s', (_, before, after, expected) => {
  expect(shortDiff(before, after, 20)).toEqual(expected);
});

describe('what is long is cut', () => {
  const before = lines(100);

  test('after three places, with a count of the rest', () => {
    const after = replaced(before, { 10: 'a', 30: 'b', 50: 'c', 70: 'd', 90: 'e' });
    const shown = shortDiff(replaced(before, {}), after, 30) ?? [];
    expect(shown.filter((line) => line.startsWith('@@'))).toHaveLength(3);
    expect(shown).toHaveLength(22);
    expect(shown.at(-1)).toBe('… and 14 more lines');
  });

  test('after so many lines', () => {
    const shown = shortDiff('', replaced(before, {}), 10) ?? [];
    expect(shown).toEqual(['@@ -0,0 +1,100 @@', ...lines(8).map((line) => `+${line}`), '… and 92 more lines']);
  });

  test('where a line is long', () => {
    expect(shortDiff('', `${'x'.repeat(1_000_000)}\n`, 10)).toEqual(['@@ -0,0 +1,1 @@', `+${'x'.repeat(158)}…`]);
  });

  test('altogether where most of a large text differs', () => {
    expect(shortDiff(replaced(lines(600), {}), replaced(lines(600, 'other'), {}), 10)).toBeUndefined();
  });
});

/** Something that looks like a secret, and is none. */
function random(seed: string, length: number = 40): string {
  return createHash('sha512').update(seed).digest('base64').replaceAll(/[+/=]/gu, '').slice(0, length);
}

describe('lines that hold a secret are not shown', () => {
  const token = `ghp_${random('a', 36)}`;

  test('on either side, nor around what differs', () => {
    const before = `a: 1\napiToken: ${random('x')}\nb: 1\nc: 1\n`;
    const after = `a: 2\napiToken: ${random('x')}\nb: 1\nc: 1\npassword: "${random('y')}"\n`;
    const shown = shortDiff(before, after, 20) ?? [];
    expect(shown).toEqual([
      '@@ -1,4 +1,5 @@',
      '-a: 1',
      '+a: 2',
      '  (not shown: it holds a secret)',
      ' b: 1',
      ' c: 1',
      '+ (not shown: it holds a secret)',
    ]);
  });

  test('when a secret goes', () => {
    expect(shortDiff(`password: ${random('x')}\n`, 'password: ""\n', 20)).toEqual([
      '@@ -1,1 +1,1 @@',
      '- (not shown: it holds a secret)',
      '+password: ""',
    ]);
  });

  test('all the lines of a key', () => {
    const body = Array.from({ length: 8 }, (_, index) => random(`key ${index}`, 64));
    const key = ['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----'];
    const shown = shortDiff('a: |\nb: 1\n', `a: |\n${key.map((line) => `  ${line}`).join('\n')}\nb: 1\n`, 20) ?? [];
    expect(shown.filter((line) => line === '+ (not shown: it holds a secret)').length).toBeGreaterThanOrEqual(9);
    for (const line of body) expect(shown.join('\n')).not.toContain(line);
  });

  test('wherever they stand', () => {
    const line = fc.constantFrom('a: 1', 'b:', '  c: d', '', '# x', `t: ${token}`, `password: ${random('z')}`);
    const text = fc.array(line, { maxLength: 12 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const shown = (shortDiff(before, after, 100) ?? []).join('\n');
        expect(shown).not.toContain(token);
        expect(shown).not.toContain(random('z'));
      }),
    );
  });
});

test('the lines of a diff are those of both texts, never more than there is room for', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', '', 'e\r', '日'), { maxLength: 30 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(text, text, fc.integer({ min: 2, max: 40 }), (before, after, room) => {
      const shown = shortDiff(before, after, room) ?? [];
      expect(shown.length).toBeLessThanOrEqual(room);
      expect(shown.length === 0).toBe(before === after);
      const side = (sign: string): string[] =>
        shown.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
      for (const line of side('-')) expect(before.split('\n')).toContain(line);
      for (const line of side('+')) expect(after.split('\n')).toContain(line);
    }),
  );
});
