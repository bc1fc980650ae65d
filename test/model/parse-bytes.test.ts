import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseBytes } from '../../src/model/parse-bytes.ts';

test.each<[string, number]>([
  ['512 B', 512],
  ['512B', 512],
  ['1kB', 1000],
  ['1KB', 1000],
  ['1 KiB', 1024],
  ['1GB', 1_000_000_000],
  ['900 MiB', 943_718_400],
  ['1.5 gib', 1_610_612_736],
  ['1.1 GB', 1_100_000_000],
  ['2TB', 2_000_000_000_000],
  ['1 TiB', 1_099_511_627_776],
  ['9999999.999 TiB', Math.round(9_999_999.999 * 1024 ** 4)],
])('%s', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each([
  '',
  '1',
  'GB',
  '-1GB',
  '1e3 GB',
  '1 iB',
  '1  GB',
  ' 1GB',
  '1GB ',
  '1GB\n',
  '1 PB',
  '1,5 GB',
  '.5 GB',
  '12345678 B',
])('%j is none', (text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test('everything that the schema of registry.yaml accepts is one, and nothing else but zero', () => {
  const schema = JSON.parse(readFileSync('schemas/registry.schema.json', 'utf8')) as {
    readonly properties: { readonly limits: { readonly properties: { readonly site: { readonly pattern: string } } } };
  };
  const pattern = new RegExp(schema.properties.limits.properties.site.pattern, 'u');
  const almost = fc.stringMatching(/^[0-9]{0,8}[.]?[0-9]{0,4} {0,2}[kKmMgGtTpPiIbB]{0,4}$/u);
  fc.assert(
    fc.property(almost, (text) => {
      expect(pattern.test(text)).toBe(parseBytes(text) !== undefined && /[1-9]/u.test(text));
    }),
  );
});
