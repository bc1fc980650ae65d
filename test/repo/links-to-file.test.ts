import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { linksToFile } from '../../src/repo/links-to-file.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfRevision } from '../../src/repo/snapshot.ts';
import { gitRepository } from '../helpers/git-repository.ts';

test.each<[string, string, boolean]>([
  ['a file', '../README.md', true],
  ['a file beside it', './file', true],
  ['a directory', '../packs', false],
  ['nowhere', 'none', false],
  ['outside the repository', '../../README.md', false],
  ['an absolute path', '/README.md', false],
])('%s', async (_name, target, expected) => {
  const repository = await gitRepository({ 'README.md': '', 'packs/file': '', 'packs/README.md': '' });
  symlinkSync(target, join(repository.path, 'packs/link'));
  repository.commit({});
  const snapshot = await snapshotOfRevision(await openRepository(repository.path), 'HEAD');
  onTestFinished(() => snapshot.close());
  expect(await linksToFile(snapshot, 'packs/link')).toBe(expected);
  expect(await linksToFile(snapshot, 'packs/file')).toBe(false);
});

test('a target that is too long for any path', async () => {
  const repository = await gitRepository({ f: 'x'.repeat(5000) });
  const oid = repository.git('rev-parse', 'HEAD:f');
  repository.git('update-index', '--add', '--cacheinfo', `120000,${oid},link`);
  repository.git('commit', '--quiet', '-m', 'link');
  const snapshot = await snapshotOfRevision(await openRepository(repository.path), 'HEAD');
  onTestFinished(() => snapshot.close());
  expect(await linksToFile(snapshot, 'link')).toBe(false);
});
