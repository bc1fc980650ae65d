import { expect, test } from 'vitest';

import { checkPack } from '../../src/check/check-pack.ts';
import type { Finding } from '../../src/model/finding.ts';
import { packOf } from '../helpers/pack-of.ts';

const shown = ({ file, place, rule }: Finding): string => `${file}:${place?.line ?? '-'} ${rule}`;

test('a pack that is in order has no findings', async () => {
  expect(await checkPack(await packOf())).toEqual([]);
});

test('findings of reading and of all rules come in the order of files and lines', async () => {
  const manifest = { layer: 'none', charts: ['missing.tgz'], extra: true, kubeManifests: ['../out'] };
  const files = { 'values.yaml': 'a: [', 'aux.txt': '', 'README.md': null, 'Z.md': '', 'z.md': '' };
  expect((await checkPack(await packOf({ manifest, files }))).map(shown)).toEqual([
    'aux.txt:- file/not-portable',
    'pack.json:5 pack/schema',
    'pack.json:10 chart/missing-file',
    'pack.json:12 pack/unknown-key',
    'pack.json:14 pack/path-outside',
    'values.yaml:1 values/invalid-yaml',
    'z.md:- file/case-collision',
  ]);
});

test('the findings of the pack are left as they are', async () => {
  const pack = await packOf({ files: { 'values.yaml': null, nul: '' } });
  const before = [...pack.findings];
  expect((await checkPack(pack)).map(shown)).toEqual(['nul:- file/not-portable', 'values.yaml:- values/missing']);
  expect(pack.findings).toEqual(before);
});
