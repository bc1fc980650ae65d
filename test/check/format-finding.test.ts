import { describe, expect, test } from 'vitest';

import { formatFinding, type Paint } from '../../src/check/format-finding.ts';
import { pageFile } from '../../src/check/rule-page.ts';
import type { Finding, Place } from '../../src/model/finding.ts';
import type { RuleId } from '../../src/model/rules.ts';
import { findingOf } from '../../src/pack/finding-of.ts';
import { placeAt } from '../../src/pack/place.ts';
import { CASES } from './message-cases.ts';

const plain: Paint = (_style, text) => text;
const tagged: Paint = (style, text) => `<${style}>${text}</${style}>`;

const HINT = '  → Keep one: readers differ in which of the two they take.';

function duplicate(place: Place | undefined, key = 'name', file = 'packs/a/pack.json'): Finding {
  return findingOf('pack/duplicate-key', file, { key, firstLine: 1 }, place === undefined ? {} : { place });
}

/** The lines of the frame that a place gets. */
function frame(place: Place): string[] {
  return formatFinding(duplicate(place), plain).split('\n').slice(2, -2);
}

test('says where, what and what to do, with the source line and a marker', () => {
  const place = placeAt('{\n  "name": 1,\n  "name": 2\n}\n', 18, 24);
  expect(formatFinding(duplicate(place), plain)).toBe(`packs/a/pack.json:3:4 error pack/duplicate-key
  the key "name" stands twice, first on line 1
  3 |   "name": 2
    |    ^^^^^^
${HINT}
`);
});

test('has no frame without a place', () => {
  expect(formatFinding(duplicate(undefined), plain)).toBe(`packs/a/pack.json error pack/duplicate-key
  the key "name" stands twice, first on line 1
${HINT}
`);
});

test.each([
  ['error', 'red'],
  ['warning', 'yellow'],
  ['hint', 'cyan'],
] as const)('paints a finding of severity %s in %s', (severity, style) => {
  const finding = { ...duplicate(placeAt('abc', 1, 2)), severity };
  expect(formatFinding(finding, tagged)).toBe(
    [
      `<bold>packs/a/pack.json:1:2</bold> <${style}>${severity}</${style}> <dim>pack/duplicate-key</dim>`,
      '  the key "name" stands twice, first on line 1',
      '  1 | abc',
      `    |  <${style}>^</${style}>`,
      '  <cyan>→</cyan> Keep one: readers differ in which of the two they take.',
      '',
    ].join('\n'),
  );
});

describe('the frame', () => {
  test.each<[string, Place, readonly string[]]>([
    ['moves with the number of the line', placeAt(`${'\n'.repeat(99)}ab`, 100), ['  100 | ab', '      |  ^']],
    ['marks the end of a line', placeAt('{"a"', 4), ['  1 | {"a"', '    |     ^']],
    ['marks an empty line', placeAt('a\n\nb', 2), ['  2 | ', '    | ^']],
    ['shows a tab as one blank', placeAt('\t\t"a"', 2, 5), ['  1 |   "a"', '    |   ^^^']],
    [
      'shows control characters as one character',
      placeAt('\u001B[31mred\u0007\r\u009B\u202E"a"', 12, 15),
      ['  1 | ?[31mred????"a"', '    |             ^^^'],
    ],
    ['keeps letters of all languages', placeAt('ünï 日本', 4, 6), ['  1 | ünï 日本', '    |     ^^']],
    ['cuts a long line behind', placeAt(`"a"${'x'.repeat(200)}`, 0, 3), [`  1 | "a"${'x'.repeat(97)}`, '    | ^^^']],
    [
      'ends a marker with the line',
      placeAt('x'.repeat(200), 0, 200),
      [`  1 | ${'x'.repeat(100)}`, `    | ${'^'.repeat(100)}`],
    ],
    [
      'moves a long line so that the marker can be seen',
      placeAt(`${'-'.repeat(100)}"a"${'x'.repeat(100)}`, 100, 103),
      [`  1 | ${'-'.repeat(39)}"a"${'x'.repeat(57)}`, `    | ${' '.repeat(39)}^^^`],
    ],
  ])('%s', (_name, place, expected) => {
    expect(frame(place)).toEqual(expected);
  });

  test('is left out where the line was cut before the place', () => {
    expect(frame({ line: 1, column: 500, endColumn: 503, source: 'x'.repeat(160) })).toEqual([]);
  });

  test.each([80, 81, 82, 99, 120, 159])('marks what is in column %i', (column) => {
    const [shown = '', marker = ''] = frame(placeAt(`${'-'.repeat(column - 1)}X`, column - 1));
    expect(shown.at(marker.indexOf('^'))).toBe('X');
    expect(shown.length).toBeLessThanOrEqual(106);
  });
});

test('a frame masks what a log takes for a command or for the end of a line', () => {
  expect(frame({ line: 1, column: 1, endColumn: 2, source: 'a ##[group]b\n::error::c' })).toEqual([
    '  1 | a ?#[group]b?::error::c',
    '    | ^',
  ]);
});

test('links the rule to its page where the terminal can show links', () => {
  const [first] = formatFinding(duplicate(undefined), tagged, { links: true }).split('\n');
  expect(first).toBe(
    `<bold>packs/a/pack.json</bold> <red>error</red> \u001B]8;;${pageFile('pack/duplicate-key').href}\u001B\\<dim>pack/duplicate-key</dim>\u001B]8;;\u001B\\`,
  );
});

test('does not repeat a secret', () => {
  const place = placeAt('password: hunter2', 10, 17);
  for (const [rule, [{ args }]] of Object.entries(CASES)) {
    if (!rule.startsWith('secrets/')) continue;
    const finding = { ...duplicate(place), rule: rule as RuleId, args };
    expect(formatFinding(finding, plain)).not.toContain('hunter2');
  }
});

describe('what a pack can name does not reach the terminal', () => {
  const hostile = 'a\u001B]0;title\u0007\u009B31m\u202Eb\r\n::error::forged\tc';
  const shown = 'a\\u001b]0;title\\u0007\\u009b31m\\u202eb\\u000d\\n::error::forged\\tc';

  test('by a file', () => {
    const lines = formatFinding(duplicate(undefined, 'name', `packs/${hostile}/pack.json`), plain).split('\n');
    expect(lines[0]).toBe(`packs/${shown}/pack.json error pack/duplicate-key`);
    expect(lines).toHaveLength(4);
  });

  test('by a text', () => {
    const lines = formatFinding(duplicate(undefined, hostile), plain).split('\n');
    expect(lines[1]).toBe(`  the key "${shown}" stands twice, first on line 1`);
    expect(lines).toHaveLength(4);
  });

  test('by a hint', () => {
    const args = { path: 'x', suggestion: hostile };
    const lines = formatFinding(findingOf('chart/missing-file', 'pack.json', args), plain).split('\n');
    expect(lines[2]).toBe(`  → Did you mean "${shown}"?`);
    expect(lines).toHaveLength(4);
  });
});
