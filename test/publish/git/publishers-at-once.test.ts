import { expect, test } from 'vitest';

import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { openGitStore } from '../../../src/publish/git/git-store.ts';
import type { PublishResult } from '../../../src/publish/publish-options.ts';
import { publish } from '../../../src/publish/publish.ts';
import { bareRemote, type BareRemote } from '../../helpers/bare-remote.ts';
import { branchFolder } from '../../helpers/branch-folder.ts';
import { builtCommits } from '../../helpers/published-commits.ts';
import { brokenLinks, readIndex } from '../../helpers/registry-tree.ts';

const PUBLISHERS = 20;

async function publishTo({ url }: BareRemote, from: string, history: 'keep' | 'squash'): Promise<PublishResult> {
  const store = await openGitStore({ remote: url, branch: 'gh-pages', history });
  try {
    return await publish({ store, from });
  } finally {
    await store.close();
  }
}

test.each(['keep', 'squash'] as const)(
  'twenty publishers into one branch, each with a commit further (%s): no release is lost',
  { timeout: 300_000 },
  async (history) => {
    const { folders } = await builtCommits(PUBLISHERS);
    const remote = await bareRemote();
    const results = await Promise.all(folders.map((from) => publishTo(remote, from, history)));
    expect(results.at(-1)?.outcome).toBe('published');
    expect(results.filter(({ outcome }) => !['published', 'older'].includes(outcome))).toEqual([]);
    const commits = remote.git('rev-list', '--reverse', 'gh-pages').split('\n');
    const published = results.filter(({ outcome }) => outcome === 'published');
    expect(commits).toHaveLength(history === 'squash' ? 1 : published.length);
    const serials: number[] = [];
    for (const commit of commits) {
      const folder = await branchFolder(remote, commit);
      expect(brokenLinks(folder)).toEqual([]);
      serials.push(readIndex(folder).serial);
      if (commit === commits.at(-1)) {
        expect(Object.keys(readIndex(folder).packs)).toHaveLength(PUBLISHERS);
        const { ok, findings } = await verifyRegistry(folder, { cache: false });
        // Documents of earlier states stay until they are pruned.
        expect({ ok, kinds: findings.map(({ kind }) => kind).filter((kind) => kind !== 'orphan') }).toEqual({
          ok: true,
          kinds: [],
        });
      }
    }
    expect(serials).toEqual([...serials].toSorted((a, b) => a - b));
    expect(serials.at(-1)).toBe(PUBLISHERS);
    expect((await publishTo(remote, folders.at(-1) ?? '', history)).outcome).toBe('unchanged');
  },
);
