import { expect, test } from 'vitest';

import { missing } from '../../../../src/check/rules/readme/missing.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(files: FileMap): Promise<Finding[]> {
  return [...missing(await lintPackOf({ files }))];
}

test.each<FileMap>([{}, { 'README.md': null, 'readme.MD': '# Demo' }, { 'README.md': Buffer.from([0x61, 0xff]) }])(
  'nothing to say of %j',
  async (files) => {
    expect(await found(files)).toEqual([]);
  },
);

test('a README.md further down does not count', async () => {
  expect(await found({ 'README.md': null, 'charts/demo/README.md': '# Demo' })).toMatchObject([
    { rule: 'readme/missing', file: 'README.md', args: {} },
  ]);
});

test.each(['', ' \n\t\n'])('%j is empty', async (content) => {
  expect(await found({ 'README.md': null, 'Readme.md': content })).toMatchObject([
    { rule: 'readme/empty', file: 'Readme.md', args: {} },
  ]);
});
