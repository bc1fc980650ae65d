import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { diff } from '../../src/build/diff/diff.ts';
import { formatDiff } from '../../src/build/diff/format-diff.ts';
import { changesOf } from '../helpers/diff-of.ts';
import { scratch } from '../helpers/scratch.ts';

const BUNDLE = fileURLToPath(new URL('../../../shared/corpus/community-packs.bundle', import.meta.url));
const there = existsSync(BUNDLE);

test.skipIf(!there)(
  `the last five changes of 130 community packs${there ? '' : ' (skipped: the corpus is not at ../shared/corpus)'}`,
  { timeout: 180_000 },
  async () => {
    const folder = await scratch();
    const repository = join(folder, 'community');
    execFileSync('git', ['clone', '--quiet', '--branch', 'main', BUNDLE, repository], { stdio: 'ignore' });
    const found = await diff({ repository, base: 'HEAD~5', head: 'HEAD', cache: join(folder, 'cache') });
    expect(changesOf(found)).toMatchInlineSnapshot(`
      [
        "added gridlight@1.1.3 after 1.1.2",
        "changed kubevirt-csi-driver@1.0.0 changed",
        "added outcold-monitoring@26.04.4 after 5.0.0",
        "added strimzi-kafka@1.0.0 after 0.40.0",
        "added vast-block@2.6.5",
      ]
    `);
    expect(found.findings).toEqual([]);
    const markdown = await formatDiff('markdown', found);
    expect(markdown.length).toBeLessThan(60_000);
    expect(markdown).not.toContain('left out');
    // The same from the cache.
    const again = await diff({ repository, base: 'HEAD~5', head: 'HEAD', cache: join(folder, 'cache') });
    expect(again).toEqual(found);
  },
);
