import { expect, test } from 'vitest';

import { blankKey } from '../../../../src/check/rules/pack/blank-key.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(manifest: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  return Array.from(blankKey(await lintPackOf({ manifest })), ({ args }) => args);
}

test('a blank key is found at the key', async () => {
  expect([...blankKey(await lintPackOf({ manifest: { eol: '' } }))]).toEqual([
    {
      rule: 'pack/blank-key',
      severity: 'error',
      file: 'pack.json',
      place: { line: 9, column: 3, endColumn: 8, source: '  "eol": ""' },
      args: { pointer: '/eol' },
    },
  ]);
});

test('every optional text is looked at', async () => {
  const manifest = {
    layer: 'csi',
    cloudType: '',
    addonType: '',
    addonSubType: '\t',
    group: ' ',
    annotations: { docsURL: '', description: '', commit_msg: '' },
  };
  expect(await found(manifest)).toEqual([
    { pointer: '/cloudType' },
    { pointer: '/addonType' },
    { pointer: '/addonSubType' },
    { pointer: '/group' },
    { pointer: '/annotations/docsURL' },
    { pointer: '/annotations/description' },
    { pointer: '/annotations/commit_msg' },
  ]);
});

test.each([
  { group: 'LTS', eol: '2030-01-01' },
  { group: null, eol: 0, annotations: [] },
  { displayName: '', version: '' },
  { layer: 'addon', addonType: '' },
  { annotations: { source: '', imageId: '' } },
])('%j has no blank that may be left out', async (manifest) => {
  expect(await found(manifest)).toEqual([]);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect([...blankKey(await lintPackOf({ files: { 'pack.json': '1' } }))]).toEqual([]);
});
