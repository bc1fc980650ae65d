import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Finding } from '../../src/model/finding.ts';
import { withoutJunk } from '../../src/pack/without-junk.ts';
import type { PackFileEntry } from '../../src/repo/pack-files.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';

interface Kept {
  readonly kept: readonly string[];
  readonly findings: readonly Finding[];
}

/** What is kept of files with these names, with this `.packignore`. */
async function keptOf(
  names: readonly string[],
  packignore: string | undefined,
  type: PackFileEntry['type'] = 'file',
): Promise<Kept> {
  const repository = await gitRepository(packignore === undefined ? {} : { '.packignore': packignore });
  const oid = packignore === undefined ? '1'.repeat(40) : repository.git('rev-parse', 'HEAD:.packignore');
  const entries = names.map((path) => ({ path, type: 'file', oid: '1'.repeat(40) }) as const);
  const own = packignore === undefined ? [] : [{ path: '.packignore', type, oid }];
  const { kept, findings } = await withoutJunk(openObjects(repository.path), [...own, ...entries]);
  return { kept: kept.map(({ path }) => path), findings };
}

function unusable(reason: string): Finding {
  return { rule: 'file/packignore', severity: 'error', file: '.packignore', args: { reason } };
}

test('without a .packignore only junk is left out', async () => {
  expect(await keptOf(['a.md', 'a.md~', '.DS_Store'], undefined)).toEqual({ kept: ['a.md'], findings: [] });
});

test('with one, what it names too, but neither pack.json nor values.yaml', async () => {
  const names = ['a.md', 'b.txt', 'pack.json', 'values.yaml', 'charts/pack.json'];
  expect(await keptOf(names, '*.md\n*.json\n*.yaml\n')).toEqual({
    kept: ['b.txt', 'pack.json', 'values.yaml'],
    findings: [],
  });
});

test('one of exactly the limit counts, a longer one is an error', async () => {
  const rules = '*.md\n'.padEnd(65_536, '#');
  expect(await keptOf(['a.md', 'b'], rules)).toEqual({ kept: ['b'], findings: [] });
  expect(await keptOf(['a.md', 'b'], `${rules}#`)).toEqual({
    kept: ['a.md', 'b'],
    findings: [unusable('it is larger than 64 KiB')],
  });
});

test('a symbolic link and a submodule are no rules', async () => {
  expect(await keptOf(['a.md'], '*.md', 'symlink')).toEqual({
    kept: ['a.md'],
    findings: [unusable('it is a symbolic link')],
  });
  expect(await keptOf(['a.md'], '*.md', 'submodule')).toEqual({
    kept: ['a.md'],
    findings: [unusable('it is a Git repository of its own (a submodule)')],
  });
});

test('a real symbolic link is not followed and not read', async () => {
  const repository = await gitRepository({});
  symlinkSync('*.md', join(repository.path, '.packignore'));
  repository.commit({});
  const oid = repository.git('rev-parse', 'HEAD:.packignore');
  const entries = [
    { path: '.packignore', type: 'symlink', oid },
    { path: 'a.md', type: 'file', oid },
  ] as const;
  const { kept, findings } = await withoutJunk(openObjects(repository.path), entries);
  expect({ kept: kept.map(({ path }) => path), findings }).toEqual({
    kept: ['a.md'],
    findings: [unusable('it is a symbolic link')],
  });
});

test('rules made to be slow are given up', async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `${'a'.repeat(200)}${index}`);
  const { findings } = await keptOf(names, '*a*a*a*b\n'.repeat(7000));
  expect(findings).toEqual([unusable('its rules take too long to apply to the files of the pack')]);
});
