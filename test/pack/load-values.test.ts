import { describe, expect, test } from 'vitest';

import { loadValues } from '../../src/pack/load-values.ts';
import type { PackFiles } from '../../src/pack/pack.ts';

function files(data: string | Buffer): PackFiles {
  const path = 'values.yaml';
  return new Map([[path, { path, executable: false, data: Buffer.from(data) }]]);
}

test.each([
  ['a mapping', 'pack:\n  namespace: demo\n', { pack: { namespace: 'demo' } }],
  ['nothing', '', null],
  ['comments only', '# nothing to set\n', null],
  ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
])('%s', (_, text, value) => {
  const { document, findings } = loadValues(files(text));
  expect(findings).toEqual([]);
  expect(document?.value).toEqual(value);
});

function at(line: number, column: number, endColumn: number, source: string): object {
  return { line, column, endColumn, source };
}

/** The text of a list that holds one item nine times. */
function nineTimes(item: string): string {
  return Array.from({ length: 9 }, () => item).join(', ');
}

describe('findings', () => {
  test.each([
    ['values/too-large', Buffer.alloc(8_388_609, ' '), { limit: 8_388_608 }, undefined],
    ['values/not-utf8', Buffer.from('a: \u00ff', 'latin1'), { offset: 3 }, undefined],
    ['values/invalid-yaml', 'a: *none', { reason: 'unidentified alias "none"' }, at(1, 5, 6, 'a: *none')],
    ['values/invalid-yaml', 'a: "b"\tc\n\td', { reason: expect.any(String) as string }, at(1, 8, 9, 'a: "b"\tc')],
    ['values/tab', 'a:\n\tb: 1', {}, at(2, 1, 2, '\tb: 1')],
    ['values/tab', 'a:\n  b: 1\n  \t\tc: 2', {}, at(3, 3, 5, '  \t\tc: 2')],
    ['values/tab', 'a:\n-\tb: 1\n\tc: 2', {}, at(2, 2, 3, '-\tb: 1')],
    ['values/tab', 'a: "x\n\ty"', {}, at(2, 1, 2, '\ty"')],
    ['values/duplicate-key', 'x:\n  abc: 1\n  "abc": 2', { key: 'abc', firstLine: 2 }, at(3, 4, 7, '  "abc": 2')],
    ['values/self-reference', 'a: &me [*me]', { anchor: 'me' }, at(1, 10, 11, 'a: &me [*me]')],
    ['values/not-a-mapping', '- a\n- b\n', { found: 'a list' }, at(1, 1, 2, '- a')],
    ['values/not-a-mapping', '\nplain text\n', { found: 'a string' }, at(2, 1, 11, 'plain text')],
    ['values/not-a-mapping', '42', { found: 'a number' }, at(1, 1, 3, '42')],
  ])('%s', (rule, data, args, place) => {
    expect(loadValues(files(data))).toEqual({
      findings: [{ rule, severity: 'error', file: 'values.yaml', args, ...(place !== undefined && { place }) }],
    });
  });

  test('values/missing', () => {
    expect(loadValues(new Map())).toEqual({
      findings: [{ rule: 'values/missing', severity: 'error', file: 'values.yaml', args: {} }],
    });
  });

  test('values/too-many-nodes, for a bomb of nine lines', () => {
    const lines = Array.from(
      { length: 9 },
      (_, level) => `l${level}: &l${level} [${nineTimes(level === 0 ? 'x' : `*l${level - 1}`)}]`,
    );
    expect(loadValues(files(lines.join('\n'))).findings).toMatchObject([
      { rule: 'values/too-many-nodes', severity: 'error', args: { limit: 1_000_000 }, place: { line: 7 } },
    ]);
  });
});
