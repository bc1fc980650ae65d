import { expect, test } from 'vitest';

import { openCache } from '../../src/build/cache.ts';
import { changedSince, type ChangedSince } from '../../src/build/changed-since.ts';
import { earlierPacks } from '../../src/build/compare-packs.ts';
import { findPacks } from '../../src/build/find-packs.ts';
import { packLister } from '../../src/build/listed-packs.ts';
import { openSource } from '../../src/build/open-source.ts';
import { parseSupersede } from '../../src/build/supersede.ts';
import { formatFinding } from '../../src/check/format-finding.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles, type PackOptions } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

interface Asked {
  readonly base?: string;
  readonly supersede?: readonly string[];
  readonly versions?: readonly string[];
}

interface Changed extends Pick<ChangedSince, 'findings'> {
  readonly superseded: readonly string[];
  readonly blobsRead: number;
}

async function changed(repository: TestRepository, asked: Asked = {}): Promise<Changed> {
  const { base = 'HEAD', supersede = [], versions = ['1.0.0'] } = asked;
  const cache = openCache(await scratch());
  const source = await openSource(await openRepository(repository.path), undefined, await scratch(), cache);
  const { snapshot } = source;
  try {
    const earlier = await earlierPacks(source, base, cache);
    const { packs } = await findPacks(source, cache);
    const blobs = snapshot.objects.blobsRead;
    const result = await changedSince({
      snapshot,
      list: packLister(snapshot),
      earlier,
      now: packs,
      versionsOf: () => versions,
      supersedes: parseSupersede(supersede, supersede.length === 0 ? undefined : 'why'),
    });
    const { findings, superseded } = result;
    return { findings, superseded: [...superseded.keys()], blobsRead: snapshot.objects.blobsRead - blobs };
  } finally {
    await snapshot.close();
  }
}

function demo(options: PackOptions = {}, directory: string = 'packs/demo-1.0.0'): FileMap {
  return packFiles(directory, options);
}

function pack(): Promise<TestRepository> {
  return gitRepository({ ...demo(), ...packFiles('packs/other-1.0.0', { name: 'other' }) });
}

test('a release that is as it was is no change', async () => {
  const repository = await pack();
  expect(await changed(repository)).toEqual({ findings: [], superseded: [], blobsRead: 0 });
  repository.write(packFiles('packs/third-1.0.0', { name: 'third' }));
  expect((await changed(repository)).findings).toEqual([]);
});

test('a release with other content is refused, with what differs and the next version', async () => {
  const repository = await pack();
  repository.write(
    demo({ files: { 'values.yaml': 'pack:\n  namespace: other\n', 'logo.png': 'x', 'README.md': null } }),
  );
  const { findings, superseded, blobsRead } = await changed(repository, { versions: ['1.0.0', '1.0.1'] });
  expect(superseded).toEqual([]);
  const commit = repository.git('rev-parse', 'HEAD').slice(0, 12);
  expect(findings.map((finding) => formatFinding(finding, (_, text) => text))).toEqual([
    `packs/demo-1.0.0/pack.json:3:14 error registry/published-release
  demo 1.0.0 is published in commit ${commit} with other content: removed README.md, added logo.png, changed values.yaml
  3 |   "version": "1.0.0",
    |              ^^^^^^^
  | values.yaml
  | @@ -1,2 +1,2 @@
  |  pack:
  | -  namespace: demo
  | +  namespace: other
  | README.md: removed, 7 bytes (sha256 bc70e26f40b8)
  | logo.png: added, 1 byte (sha256 2d711642b726)
  → Restore it, or publish the change as 1.0.2. To replace what is published: --supersede demo@1.0.0 --message "why".
`,
  ]);
  // One `pack.json`, the same on both sides, and the four contents that differ.
  expect(blobsRead).toBe(5);
});

test('a mode is content', async () => {
  const repository = await gitRepository(demo({ files: { 'run.sh': 'x' } }));
  repository.git('update-index', '--chmod=+x', 'packs/demo-1.0.0/run.sh');
  repository.git('commit', '--quiet', '-m', 'mode');
  repository.git('checkout', '--quiet', '--', '.');
  const { findings } = await changed(repository, { base: 'HEAD~1' });
  expect(findings).toMatchObject([
    { args: { changes: ['changed the mode of run.sh'] }, detail: ['run.sh (now executable)'] },
  ]);
});

test('a release may move, and junk may come and go', async () => {
  const repository = await pack();
  repository.write({ 'packs/demo-1.0.0': null, ...demo({ files: { '.DS_Store': 'x' } }, 'packs/demo/1.0.0') });
  expect(await changed(repository)).toMatchObject({ findings: [], superseded: [] });
});

test('a release that moves and changes is refused where it is now', async () => {
  const repository = await pack();
  repository.write({ 'packs/demo-1.0.0': null, ...demo({ files: { 'README.md': '# x\n' } }, 'packs/demo/1.0.0') });
  const { findings } = await changed(repository);
  expect(findings).toMatchObject([{ file: 'packs/demo/1.0.0/pack.json', args: { changes: ['changed README.md'] } }]);
});

test('a new version in the directory of an old one, and a release that is gone, are for others to say', async () => {
  const repository = await pack();
  repository.write({ ...demo({ version: '1.1.0' }), 'packs/other-1.0.0': null });
  expect((await changed(repository)).findings).toEqual([]);
});

test('a release that changes on somebody’s word is named', async () => {
  const repository = await pack();
  repository.write({ ...demo({ files: { 'README.md': '# x\n' } }), 'packs/other-1.0.0/README.md': '# x\n' });
  const { findings, superseded } = await changed(repository, { supersede: ['demo@1.0.0'] });
  expect(superseded).toEqual(['demo@1.0.0']);
  expect(findings).toMatchObject([{ args: { name: 'other' } }]);
});

test('what others changed on the base branch meanwhile is not this branch’s doing', async () => {
  const repository = await pack();
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.git('checkout', '--quiet', 'main');
  repository.commit(demo({ files: { 'README.md': '# x\n' } }));
  repository.git('checkout', '--quiet', 'topic');
  repository.commit({ 'notes.txt': 'x' });
  expect((await changed(repository, { base: 'main' })).findings).toEqual([]);
});

test('links and submodules are in no release', async () => {
  const repository = await pack();
  const link = repository.git('hash-object', '-w', 'packs/demo-1.0.0/README.md');
  repository.git('update-index', '--add', '--cacheinfo', `120000,${link},packs/demo-1.0.0/link`);
  repository.git('commit', '--quiet', '-m', 'link');
  repository.git('checkout', '--quiet', '--', '.');
  expect((await changed(repository, { base: 'HEAD~1' })).findings).toEqual([]);
});
