import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { builderOf, rulesOf } from '../helpers/build-registry.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { readIndex } from '../helpers/registry-tree.ts';

describe('what lies where a pack would, but is none,', () => {
  test('stops the build as an error, and not with --keep-going', async () => {
    const repository = await gitRepository({
      ...packFiles('packs/x'),
      ...packFiles('packs/x/1.2.0', { version: '1.2.0' }),
      'packs/y/Pack.json': '{}',
    });
    const { out, build } = await builderOf(repository);
    const expected = [
      'packs/x/1.2.0/pack.json error registry/nested-pack',
      'packs/y/Pack.json error registry/pack-file-case',
    ];
    const stopped = await build();
    expect(stopped).toMatchObject({ ok: false, written: false });
    expect(rulesOf(stopped)).toEqual(expected);
    // The second build has them from the cache.
    const kept = await build({ keepGoing: true });
    expect(kept).toMatchObject({ ok: false, written: true });
    expect(rulesOf(kept)).toEqual(expected);
    expect(Object.keys(readIndex(out).packs)).toEqual(['demo']);
  });

  test('is a warning where it is a link or a submodule', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    symlinkSync('demo', join(repository.path, 'packs/z'));
    symlinkSync('demo/pack.json', join(repository.path, 'packs/no-directory'));
    repository.commit({});
    const head = repository.git('rev-parse', 'HEAD');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${head},packs/module`);
    repository.git('commit', '--quiet', '-m', 'submodule');
    const { build } = await builderOf(repository);
    const result = await build({ revision: 'HEAD' });
    expect(result).toMatchObject({ ok: true, written: true });
    expect(result.findings).toMatchObject([
      { rule: 'registry/not-a-directory', severity: 'warning', file: 'packs/module', args: { what: 'a submodule' } },
      { rule: 'registry/not-a-directory', severity: 'warning', file: 'packs/z', args: { what: 'a symbolic link' } },
    ]);
  });

  test('is cut where it is very many, and no error is lost behind warnings', async () => {
    const repository = await gitRepository({ ...packFiles('packs/a'), ...packFiles('packs/a/z') });
    for (let link = 0; link < 60; link += 1) symlinkSync('a', join(repository.path, `packs/link-${link}`));
    repository.commit({});
    const { build } = await builderOf(repository);
    const { findings } = await build();
    expect(findings.filter(({ rule }) => rule === 'registry/not-a-directory')).toHaveLength(50);
    expect(findings.filter(({ rule }) => rule === 'pack/more-findings')).toMatchObject([{ severity: 'warning' }]);
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ rule: 'registry/nested-pack' }]);
  });

  test('is said even where there is no pack at all', async () => {
    const { build } = await builderOf(await gitRepository({ 'packs/y/PACK.json': '{}' }));
    const result = await build();
    expect(result).toMatchObject({ ok: false, written: false });
    expect(rulesOf(result)).toEqual(['packs/y/PACK.json error registry/pack-file-case']);
  });
});
