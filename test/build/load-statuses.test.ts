import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { openCache, type Cache } from '../../src/build/cache.ts';
import { loadStatuses, statusHash, type Statuses } from '../../src/build/load-statuses.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfRevision } from '../../src/repo/snapshot.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { commitLink } from '../helpers/refused-build.ts';
import { scratch } from '../helpers/scratch.ts';

const YANKED = 'releases:\n  - versions: "1.x"\n    state: yanked\n    reason: CVE\n    at: 2026-05-01\n';

interface Loaded extends Statuses {
  /** How many blobs were read for it. */
  readonly read: number;
}

async function load({ path }: TestRepository, cache: Cache): Promise<Loaded> {
  const snapshot = await snapshotOfRevision(await openRepository(path), 'HEAD');
  onTestFinished(() => snapshot.close());
  return { ...(await loadStatuses(snapshot, cache)), read: snapshot.objects.blobsRead };
}

async function loadFiles(files: FileMap): Promise<Loaded> {
  return load(await gitRepository({ 'registry.yaml': '', ...files }), openCache(await scratch()));
}

describe('loadStatuses', () => {
  test('has what is said by name, and nothing of files that say nothing', async () => {
    const files = { 'status/b.yaml': YANKED, 'status/a.yaml': YANKED, 'status/empty.yaml': '# nothing yet\n' };
    const { statuses, broken, findings } = await loadFiles(files);
    expect([...statuses.keys()]).toEqual(['a', 'b']);
    expect(statuses.get('a')).toMatchObject({
      name: 'a',
      entries: [{ versions: '1.x', state: 'yanked', reason: 'CVE' }],
    });
    expect({ broken: broken.size, findings }).toEqual({ broken: 0, findings: [] });
  });

  test('has nothing where there is no folder', async () => {
    expect(await loadFiles({})).toMatchObject({ statuses: new Map(), findings: [], read: 0 });
  });

  test('has the same hash for what means the same', async () => {
    const flow = '# other form\nreleases: [{ at: "2026-05-01", reason: CVE, versions: 1.x, state: yanked }]\n';
    const { statuses } = await loadFiles({ 'status/a.yaml': YANKED, 'status/b.yaml': flow });
    expect(statuses.get('a')?.hash).toBe(statuses.get('b')?.hash);
    expect(statusHash([{ versions: '1.x', state: 'active', reason: 'x' }])).not.toBe(
      statusHash([{ versions: '1.x', state: 'active', at: 'x' }]),
    );
  });

  test('names the packs whose file cannot be used', async () => {
    const { statuses, broken, findings } = await loadFiles({ 'status/a.yaml': 'releases: [', 'status/b.yaml': YANKED });
    expect([[...statuses.keys()], [...broken]]).toEqual([['b'], ['a']]);
    expect(findings).toMatchObject([{ rule: 'status/invalid-yaml', severity: 'error', file: 'status/a.yaml' }]);
  });

  test('says what does not belong there', async () => {
    const repository = await gitRepository({
      'status/Nginx.yml': YANKED,
      'status/notes.txt': '',
      'status/old/redis.yaml': YANKED,
      'status/con.yaml': YANKED,
      'status/large.yaml': `#${' '.repeat(65_536)}`,
    });
    commitLink(repository, 'status/link.yaml', 'notes.txt');
    commitLink(repository, 'status/link.txt', 'notes.txt');
    const { statuses, broken, findings } = await load(repository, openCache(await scratch()));
    expect(statuses.size).toBe(0);
    expect([...broken].toSorted()).toEqual(['large', 'link']);
    expect(findings.map(({ file, severity, rule, args }) => [file, severity, rule, args])).toEqual([
      ['status/Nginx.yml', 'warning', 'status/misplaced-file', { what: 'the file', suggestion: 'status/nginx.yaml' }],
      ['status/con.yaml', 'warning', 'status/misplaced-file', { what: 'the file' }],
      ['status/large.yaml', 'error', 'status/too-large', { size: 65_537, limit: 65_536 }],
      ['status/link.txt', 'warning', 'status/misplaced-file', { what: 'a symbolic link' }],
      ['status/link.yaml', 'error', 'status/not-a-file', { what: 'a symbolic link' }],
      ['status/notes.txt', 'warning', 'status/misplaced-file', { what: 'the file' }],
      ['status/old', 'warning', 'status/misplaced-file', { what: 'a folder' }],
    ]);
  });

  test('follows no link that stands for the folder', async () => {
    const repository = await gitRepository({ 'elsewhere/a.yaml': YANKED });
    symlinkSync('elsewhere', join(repository.path, 'status'));
    repository.commit({});
    const { statuses, findings, unusable } = await load(repository, openCache(await scratch()));
    expect({ size: statuses.size, unusable }).toEqual({ size: 0, unusable: true });
    expect(findings).toMatchObject([{ rule: 'status/not-a-file', file: 'status', args: { what: 'a symbolic link' } }]);
    expect((await loadFiles({ status: 'x' })).findings).toMatchObject([
      { rule: 'status/misplaced-file', file: 'status' },
    ]);
  });

  test('reads nothing that it has read before, and few others where one file changed', async () => {
    const files = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`status/pack-${index}.yaml`, YANKED]));
    const repository = await gitRepository(files);
    const cache = openCache(await scratch());
    const first = await load(repository, cache);
    expect([first.statuses.size, first.read]).toEqual([600, 600]);
    expect((await load(repository, cache)).read).toBe(0);
    repository.commit({ 'status/pack-7.yaml': YANKED.replace('CVE', 'worse'), 'status/pack-x.yaml': 'releases: 1' });
    const changed = await load(repository, cache);
    expect(changed.statuses.get('pack-7')?.entries).toMatchObject([{ reason: 'worse' }]);
    expect(changed.read).toBeLessThan(300);
    expect([...changed.statuses.keys()].length).toBe(600);
    expect(changed.findings).toMatchObject([{ file: 'status/pack-x.yaml' }]);
  });

  test('names the first fifty where all are wrong', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`status/p${index}.yaml`, 'releases: [']),
    );
    const { broken, findings } = await loadFiles(files);
    expect([broken.size, findings.length]).toEqual([60, 51]);
    expect(findings.filter(({ rule }) => rule === 'pack/more-findings')).toMatchObject([{ severity: 'error' }]);
  });
});
