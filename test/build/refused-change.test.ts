import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { refusedChanges, type RefusedRelease } from '../../src/build/refused-change.ts';
import { PackyardError } from '../../src/errors.ts';
import type { ReleaseDocument } from '../../src/model/documents.ts';
import type { Finding } from '../../src/model/finding.ts';
import { canonicalTar } from '../helpers/canonical-tar.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfRevision } from '../../src/repo/snapshot.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';

function archive(root: string, files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([path, text]) => ({ path, executable: false, data: Buffer.from(text) }));
  return gzipSync(Buffer.concat(Array.from(canonicalTar(root, entries), (chunk) => Buffer.from(chunk))));
}

async function* opened(data: Buffer | Error): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  if (data instanceof Error) throw data;
  yield data;
}

/** What is said of packs in a repository of which other archives are published. */
async function refused(count: number, published: Buffer | Error): Promise<Finding[]> {
  const files = packFiles('packs/demo', { files: { '.packignore': 'notes.txt\n', 'notes.txt': 'x', 'a.orig': 'x' } });
  const repository = await gitRepository(files);
  const release: RefusedRelease = {
    name: 'demo',
    before: { version: '1.0.0' } as ReleaseDocument,
    now: { directory: 'packs/demo', tree: repository.git('rev-parse', 'HEAD:packs/demo') },
  };
  const snapshot = await snapshotOfRevision(await openRepository(repository.path), 'HEAD');
  try {
    const context = {
      snapshot,
      published: 'https://packs.example.org',
      taken: ['1.0.0'],
      open: () => opened(published),
    };
    return await refusedChanges(
      Array.from({ length: count }, () => release),
      () => context,
    );
  } finally {
    await snapshot.close();
  }
}

const MANIFEST = `${JSON.stringify({ name: 'demo', version: '1.0.0', displayName: 'Demo', layer: 'addon', cloudTypes: ['all'] }, null, 2)}\n`;
const PUBLISHED = {
  'README.md': '# demo\n',
  'pack.json': MANIFEST,
  'values.yaml': 'pack:\n  namespace: before\n',
};

test('says what differs from the published archive, junk aside', async () => {
  expect(await refused(1, archive('demo-1.0.0', PUBLISHED))).toEqual([
    {
      rule: 'registry/published-release',
      severity: 'error',
      file: 'packs/demo/pack.json',
      place: { line: 3, column: 14, endColumn: 21, source: '  "version": "1.0.0",' },
      args: {
        name: 'demo',
        version: '1.0.0',
        published: 'https://packs.example.org',
        changes: ['changed values.yaml'],
        more: 0,
        next: '1.0.1',
      },
      detail: ['values.yaml', '@@ -1,2 +1,2 @@', ' pack:', '-  namespace: before', '+  namespace: demo'],
    },
  ]);
});

test.each<[string, Buffer | Error, string]>([
  ['is of another pack', archive('other-1.0.0', PUBLISHED), '"other-1.0.0/README.md" does not lie in demo-1.0.0'],
  ['is damaged', Buffer.from('nonsense'), 'incorrect header check'],
  [
    'cannot be fetched',
    new PackyardError({ code: 'registry-unreachable', message: 'packs.example.org does not answer.' }),
    'packs.example.org does not answer.',
  ],
])('refuses all the same where the archive %s', async (_, published, reason) => {
  const [finding] = await refused(1, published);
  expect(finding).toMatchObject({ rule: 'registry/published-release', args: { changes: [], reason } });
  expect(finding).not.toHaveProperty('detail');
});

test('passes on what is nobody’s fault but ours', async () => {
  await expect(refused(1, new TypeError('a defect'))).rejects.toThrow('a defect');
});

test('compares the first twenty only', async () => {
  const findings = await refused(22, archive('demo-1.0.0', PUBLISHED));
  expect(findings).toHaveLength(22);
  expect(findings.map(({ detail }) => detail !== undefined)).toEqual(
    Array.from({ length: 22 }, (_, index) => index < 20),
  );
  expect(findings[21]).toMatchObject({ args: { name: 'demo', version: '1.0.0', changes: [], next: '1.0.1' } });
});
