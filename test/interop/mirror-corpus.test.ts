import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { mirror } from '../../src/client/mirror/mirror.ts';
import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';

const BUNDLE = fileURLToPath(new URL('../../../shared/corpus/community-packs.bundle', import.meta.url));
const there = existsSync(BUNDLE);

test.skipIf(!there)(
  `mirrors of 130 community packs are their source, byte for byte${there ? '' : ' (skipped: the corpus is not at ../shared/corpus)'}`,
  { timeout: 180_000 },
  async () => {
    const folder = await scratch();
    const [repository, source, state] = [join(folder, 'community'), join(folder, 'source'), join(folder, 'state')];
    execFileSync('git', ['clone', '--quiet', '--branch', 'main', BUNDLE, repository], { stdio: 'ignore' });
    await build({ repository, keepGoing: true, out: source, cache: join(folder, 'cache') });
    const host = await staticHost(source);
    for (const [name, location] of [
      ['of-folder', source],
      ['of-host', host.url],
    ] as const) {
      const destination = join(folder, name);
      await mirror(location, destination, { state, images: false });
      expect(execFileSync('diff', ['-r', source, destination], { encoding: 'utf8' })).toBe('');
      const { transferred, plan } = await mirror(location, destination, { state, images: false });
      expect({ requests: transferred.requests, write: plan.write }).toEqual({ requests: 1, write: [] });
    }
    const latest = join(folder, 'latest');
    const { plan } = await mirror(host.url, latest, { state, latest: 1 });
    expect(plan.releases).toBe(plan.packs);
    expect(plan.images?.count).toBeGreaterThan(100);
    const { ok, findings } = await verifyRegistry(latest, { cache: join(folder, 'cache') });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    rmSync(folder, { recursive: true });
  },
);
