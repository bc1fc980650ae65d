import { describe, expect, test } from 'vitest';

import { loadManifest } from '../../src/pack/load-manifest.ts';
import type { PackFiles } from '../../src/pack/pack.ts';

function files(data: string | Buffer): PackFiles {
  const path = 'pack.json';
  return new Map([[path, { path, executable: false, data: Buffer.from(data) }]]);
}

test('an object is loaded, whatever it holds', () => {
  const { document, findings } = loadManifest(files('\n{"name": 7}\n'));
  expect(findings).toEqual([]);
  expect(document?.value).toEqual({ name: 7 });
  expect(document?.place(['name'])).toEqual({ line: 2, column: 10, endColumn: 11, source: '{"name": 7}' });
});

test('a directory without pack.json is for others to judge', () => {
  expect(loadManifest(new Map())).toEqual({ findings: [] });
});

describe('findings', () => {
  const whole = { line: 1, column: 1, endColumn: 2 };

  test.each([
    ['pack/too-large', Buffer.alloc(1_048_577, ' '), { limit: 1_048_576 }, undefined],
    ['pack/not-utf8', Buffer.from('{"a": "\u00ff"}', 'latin1'), { offset: 7 }, undefined],
    ['pack/byte-order-mark', '\uFEFF{}', {}, undefined],
    ['pack/empty', ' \n\t', {}, undefined],
    ['pack/empty', '', {}, undefined],
    [
      'pack/invalid-json',
      '{,}',
      { reason: '"," stands where a key or "}" is wanted' },
      { line: 1, column: 2, endColumn: 3, source: '{,}' },
    ],
    ['pack/not-an-object', '[]', { found: 'a list' }, { ...whole, source: '[]' }],
    ['pack/not-an-object', '\n  null', { found: 'null' }, { line: 2, column: 3, endColumn: 4, source: '  null' }],
    ['pack/not-an-object', '"x"', { found: 'a string' }, { ...whole, source: '"x"' }],
  ])('%s', (rule, data, args, place) => {
    expect(loadManifest(files(data))).toEqual({
      findings: [{ rule, severity: 'error', file: 'pack.json', args, ...(place !== undefined && { place }) }],
    });
  });

  test('pack/too-deep', () => {
    const { document, findings } = loadManifest(files('['.repeat(200_000)));
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([
      { rule: 'pack/too-deep', severity: 'error', args: { limit: 100 }, place: { line: 1, column: 101 } },
    ]);
  });

  test('pack/duplicate-key, once for each', () => {
    const { document, findings } = loadManifest(files('{\n"a": 1,\n"b": 2,\n"a": 3,\n"b": 4\n}'));
    expect(document).toBeUndefined();
    expect(findings).toEqual([
      {
        rule: 'pack/duplicate-key',
        severity: 'error',
        file: 'pack.json',
        args: { key: 'a', firstLine: 2 },
        place: { line: 4, column: 1, endColumn: 4, source: '"a": 3,' },
      },
      {
        rule: 'pack/duplicate-key',
        severity: 'error',
        file: 'pack.json',
        args: { key: 'b', firstLine: 3 },
        place: { line: 5, column: 1, endColumn: 4, source: '"b": 4' },
      },
    ]);
  });

  test('the limit itself is allowed', () => {
    expect(loadManifest(files(`{}${' '.repeat(1_048_574)}`)).findings).toEqual([]);
  });
});
