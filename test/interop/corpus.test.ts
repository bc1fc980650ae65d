import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { rulesOf } from '../helpers/build-registry.ts';
import { brokenLinks, treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const BUNDLE = fileURLToPath(new URL('../../../shared/corpus/community-packs.bundle', import.meta.url));
const there = existsSync(BUNDLE);

test.skipIf(!there)(
  `130 community packs are built, or refused for a reason${there ? '' : ' (skipped: the corpus is not at ../shared/corpus)'}`,
  { timeout: 180_000 },
  async () => {
    const folder = await scratch();
    const repository = join(folder, 'community');
    execFileSync('git', ['clone', '--quiet', '--branch', 'main', BUNDLE, repository], { stdio: 'ignore' });
    const [workTree, revision] = [join(folder, 'work-tree'), join(folder, 'revision')];
    const shared = { repository, keepGoing: true } as const;
    const result = await build({ ...shared, out: workTree, cache: join(folder, 'cache-1') });
    await build({ ...shared, out: revision, cache: join(folder, 'cache-2'), revision: 'HEAD' });

    expect(treeOf(workTree)).toEqual(treeOf(revision));
    expect(brokenLinks(workTree)).toEqual([]);
    const directories = readdirSync(join(repository, 'packs')).map((name) => `packs/${name}`);
    expect(directories).toHaveLength(130);
    const { total, refused } = result.report.releases;
    expect(total + refused).toBe(130);
    const errors = rulesOf(result).filter((rule) => rule.includes(' error '));
    const refusedDirectories = new Set(errors.map((error) => directories.find((path) => error.startsWith(`${path}/`))));
    expect(refusedDirectories).not.toContain(undefined);
    expect(refusedDirectories.size).toBe(refused);
    expect(errors).toMatchInlineSnapshot(`
      [
        "packs/haproxy-unified-gateway-1.0.1/pack.json error chart/missing-file",
        "packs/nvidia-dra-driver-25.8.1/pack.json error pack/schema",
      ]
    `);
  },
);
