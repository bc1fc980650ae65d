import { describe, expect, test } from 'vitest';

import { diff } from '../../../src/build/diff/diff.ts';
import { changedRepository } from '../../helpers/changed-repository.ts';
import { changesOf, diffOf, soundPack, twoCommits } from '../../helpers/diff-of.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('what is compared', () => {
  test('is the work tree with where the branch left main', async () => {
    const repository = await changedRepository();
    repository.write(soundPack('late'));
    const found = await diffOf(repository);
    expect(changesOf(found)).toEqual(
      [
        'added broken@1.0.0 errors',
        'added demo@1.1.0 after 1.0.0',
        'added fresh@0.1.0',
        'changed frozen@1.0.0 changed',
        'added late@1.0.0',
        'removed gone@1.0.0',
      ].toSorted((a, b) => ((a.split(' ')[1] ?? '') < (b.split(' ')[1] ?? '') ? -1 : 1)),
    );
    expect(found.base).toEqual({ commit: repository.git('rev-parse', 'main~1'), dirty: false });
    expect(found.head).toEqual({ commit: repository.git('rev-parse', 'change'), dirty: true });
  });

  test('is a revision where one is named', async () => {
    const repository = await changedRepository();
    repository.write(soundPack('late'));
    const found = await diffOf(repository, { base: 'change~1', head: 'change' });
    expect(changesOf(found)).not.toContain('added late@1.0.0');
    expect(found.head.dirty).toBe(false);
    const none = await diffOf(repository, { base: 'change', head: 'change' });
    expect(none).toMatchObject({ ok: true, releases: [], statuses: [], findings: [], growth: { total: 0 } });
  });

  test('is origin, before a main branch of one’s own', async () => {
    const repository = await twoCommits(soundPack('a'), soundPack('b'));
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
    expect(changesOf(await diffOf(repository))).toEqual(['added b@1.0.0']);
    repository.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect(changesOf(await diffOf(repository))).toEqual([]);
  });

  test('may have no commit in common', async () => {
    const repository = await gitRepository(soundPack('a'));
    repository.git('checkout', '--quiet', '--orphan', 'other');
    repository.commit(soundPack('b'));
    expect(changesOf(await diffOf(repository, { base: 'main' }))).toEqual(['added b@1.0.0']);
  });

  test('may hold no packs on one side', async () => {
    const repository = await twoCommits({ 'README.md': 'none yet\n' }, soundPack('a'));
    expect(changesOf(await diffOf(repository, { base: 'HEAD~1' }))).toEqual(['added a@1.0.0']);
    repository.commit({ 'packs/a-1.0.0': null });
    expect(changesOf(await diffOf(repository, { base: 'HEAD~1' }))).toEqual(['removed a@1.0.0']);
  });

  test('works in a bare repository, where a work tree is needed for nothing', async () => {
    const { path } = await twoCommits(soundPack('a'), soundPack('b'));
    const found = await diff({ repository: `${path}/.git`, base: 'HEAD~1', head: 'HEAD', cache: false });
    expect(changesOf(found)).toEqual(['added b@1.0.0']);
  });
});

test('a second time, nothing is read but what the cache has not', async () => {
  const repository = await changedRepository();
  const cache = await scratch();
  const first = await diffOf(repository, { cache });
  const second = await diffOf(repository, { cache });
  expect({ ...second, growth: { ...second.growth, site: undefined } }).toEqual({
    ...first,
    growth: { ...first.growth, site: undefined },
  });
});

describe('it says why it cannot compare', () => {
  test('without a main branch', async () => {
    const repository = await gitRepository(soundPack('a'));
    repository.git('branch', '--move', 'trunk');
    expect(await failureOf(diffOf(repository))).toEqual({
      code: 'unknown-revision',
      message: `${repository.path} has no main branch to compare with: neither origin/HEAD, origin/main, main nor master is there.`,
      hint: 'Name the revision that the change begins at: `packyard diff BASE`; or fetch the branch: `git fetch origin main`.',
    });
  });

  test.each([['--output=x'], ['HEAD..main'], ['^HEAD'], ['a\nb'], ['no such'], [':/x'], ['']])(
    'with a revision that is none: %j',
    async (revision) => {
      const repository = await gitRepository(soundPack('a'));
      const failure = {
        code: 'unknown-revision',
        message: `${repository.path} has no commit named ${JSON.stringify(revision)}.`,
        hint: expect.any(String) as string,
      };
      expect(await failureOf(diffOf(repository, { base: revision }))).toEqual(failure);
      expect(await failureOf(diffOf(repository, { base: 'HEAD', head: revision }))).toEqual(failure);
    },
  );

  test('with the work tree of a bare repository', async () => {
    const { path } = await gitRepository(soundPack('a'));
    const { code, message, hint } = await failureOf(diff({ repository: `${path}/.git`, cache: false }));
    expect({ code, message: message.replace(path, '<repo>'), hint }).toEqual({
      code: 'no-work-tree',
      message: '<repo>/.git is a bare repository: it has no work tree to compare.',
      hint: 'Name both revisions: packyard diff main HEAD',
    });
  });

  test('without packs on either side', async () => {
    const repository = await twoCommits({ 'a.txt': 'a' }, { 'b.txt': 'b' });
    expect((await failureOf(diffOf(repository, { base: 'HEAD~1' }))).code).toBe('no-packs');
  });
});
