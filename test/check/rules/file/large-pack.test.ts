import { expect, test } from 'vitest';

import { largePack } from '../../../../src/check/rules/file/large-pack.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const MEBIBYTE = 1024 * 1024;

test('a pack of 20 MiB with its other files left out is no finding', async () => {
  const files = { 'pack.json': null, 'values.yaml': null, 'README.md': null, 'a.bin': Buffer.alloc(20 * MEBIBYTE) };
  expect([...largePack(await lintPackOf({ files }))]).toEqual([]);
});

test('many small files count together, and the largest is named', async () => {
  const parts = Array.from({ length: 20 }, (_, index) => [`part-${index}.bin`, Buffer.alloc(MEBIBYTE)]);
  const files = { ...(Object.fromEntries(parts) as Record<string, Buffer>), 'large.bin': Buffer.alloc(MEBIBYTE + 1) };
  const [finding, ...more] = largePack(await lintPackOf({ files }));
  expect(finding).toMatchObject({ rule: 'file/large-pack', file: 'pack.json', args: { limit: 20 * MEBIBYTE } });
  expect(finding?.args).toMatchObject({ largest: 'large.bin' });
  expect(more).toEqual([]);
});

test('a pack without files is no finding', async () => {
  const files = { 'pack.json': null, 'values.yaml': null, 'README.md': null };
  expect([...largePack(await lintPackOf({ files }))]).toEqual([]);
});
