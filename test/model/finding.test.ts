import { expect, test } from 'vitest';

import { isError, relocate, type Finding } from '../../src/model/finding.ts';

const finding: Finding<'file/symlink'> = {
  rule: 'file/symlink',
  severity: 'error',
  file: 'charts/link',
  args: { path: 'charts/link' },
};

test.each([
  ['charts/link', 'packs/demo', 'packs/demo/charts/link'],
  ['', 'packs/demo', 'packs/demo'],
  ['charts/link', '', 'charts/link'],
  ['', '', ''],
])('file %j below %j is %j', (file, directory, wanted) => {
  expect(relocate({ ...finding, file }, directory)).toEqual({ ...finding, file: wanted });
});

test('only errors are errors', () => {
  const severities = ['error', 'warning', 'hint'] as const;
  expect(severities.map((severity) => isError({ ...finding, severity }))).toEqual([true, false, false]);
});
