import { expect, test } from 'vitest';

import { junk } from '../../../../src/check/rules/file/junk.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function paths(left: readonly string[]): Promise<string[]> {
  return [...junk(await lintPackOf({}, left))].map(({ file }) => file);
}

test('a pack without junk has no findings', async () => {
  expect(await paths([])).toEqual([]);
});

test('each junk file is a finding about that file', async () => {
  expect([...junk(await lintPackOf({}, ['charts/.DS_Store']))]).toEqual([
    { rule: 'file/junk', severity: 'error', file: 'charts/.DS_Store', args: { path: 'charts/.DS_Store' } },
  ]);
});

test.each([
  '._logo.png',
  '__MACOSX/a',
  'Thumbs.db',
  'values.yaml~',
  'values.yaml.orig',
  '.idea/workspace.xml',
  'a/b.swp',
])('%s is junk', async (path) => {
  expect(await paths([path])).toEqual([path]);
});

test('.packignore is left out of releases, but is no junk', async () => {
  expect(await paths(['.packignore'])).toEqual([]);
});

test('what only a .packignore leaves out is kept on purpose', async () => {
  expect(await paths(['docs/design.md', 'notes.bak', 'hack/test.sh'])).toEqual(['notes.bak']);
});
