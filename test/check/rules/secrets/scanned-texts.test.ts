import { expect, test } from 'vitest';

import { scannedTexts } from '../../../../src/check/rules/secrets/scanned-texts.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function names(files: FileMap): Promise<string[]> {
  return Array.from(scannedTexts(await lintPackOf({ files })), ({ file, inside }) =>
    inside === undefined ? file : `${file}!${inside}`,
  );
}

const OWN = ['README.md', 'pack.json', 'values.yaml'];

test('the texts of a pack', async () => {
  const more = { 'manifests/a.yaml': 'a', 'presets.yaml': 'a', 'schema.yaml': 'a', 'tls.key': 'a', '.env': 'a' };
  expect((await names(more)).toSorted()).toEqual([...OWN, ...Object.keys(more)].toSorted());
});

test('pictures, archives and what is not UTF-8 are none', async () => {
  expect(await names({ 'logo.png': 'a', 'a.zip': 'a', 'a.yaml': Buffer.from('ff', 'hex') })).toEqual(OWN);
});

test('of charts only values and keys, packed or not', async () => {
  const files = {
    'values.yaml': 'a: b\n',
    'charts/sub/values-production.yaml': 'a: b\n',
    'templates/a.yaml': 'a: b\n',
    'README.md': 'a\n',
    'certs/tls.pem': 'a\n',
  };
  const unpacked = Object.entries({ 'Chart.yaml': 'name: demo\n', ...files });
  const found = await names({
    'charts/demo.tgz': packedChart('demo', '1.0.0', files),
    ...Object.fromEntries(unpacked.map(([path, text]) => [`charts/demo/${path}`, text])),
  });
  expect(found.toSorted()).toEqual(
    [
      ...OWN,
      'charts/demo.tgz!certs/tls.pem',
      'charts/demo.tgz!charts/sub/values-production.yaml',
      'charts/demo.tgz!values.yaml',
      'charts/demo/certs/tls.pem',
      'charts/demo/charts/sub/values-production.yaml',
      'charts/demo/values.yaml',
    ].toSorted(),
  );
});

test('of a file the first mebibyte, even where that ends in a character', async () => {
  const files = { 'a.yaml': `${'x'.repeat(1_048_575)}üü` };
  const text = [...scannedTexts(await lintPackOf({ files }))].find(({ file }) => file === 'a.yaml');
  expect(text?.text).toBe(`${'x'.repeat(1_048_575)}\uFFFD`);
});

test('a Chart.yaml at the root does not hide the pack', async () => {
  expect(await names({ 'Chart.yaml': 'name: demo\n', 'manifests/a.yaml': 'a' })).toContain('manifests/a.yaml');
});
