import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import { MAIN } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { ownMounts } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';
import { noise } from '../client/faults/served-pack.ts';
import { publishTo } from './publish-to.ts';

const mounts = ownMounts();

test.skipIf(mounts === undefined)(
  `a full disk leaves what was live, and the next run finishes${mounts === undefined ? ' (no own mounts here)' : ''}`,
  async () => {
    const repository = await gitRepository(packFiles('packs/small', { name: 'small' }));
    const base = await scratch();
    const [first, second] = [join(base, 'first'), join(base, 'second')];
    const [copy, small] = [join(base, 'copy'), join(base, 'small')];
    await build({ repository: repository.path, out: first, cache: false });
    const files = { 'files/noise.bin': noise(600_000, 'large') };
    repository.commit(packFiles('packs/large', { name: 'large', files }));
    await build({ repository: repository.path, out: second, cache: false });
    mkdirSync(small);
    // What is on the small disk is seen by nobody else, so it is copied before it goes.
    const script = `mount -t tmpfs -o size=420k tmpfs "$1" && cd "$1" &&
      "$5" "$6" publish "$1/site" --from "$2" --quiet && "$5" "$6" publish "$1/site" --from "$3" --quiet
      status=$?; cp -R "$1/site" "$4"; exit $status`;
    const [program = '', ...wrapper] = mounts ?? [];
    const args = [...wrapper, 'sh', '-c', script, 'sh', small, first, second, copy, process.execPath, MAIN];
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    expect(stderr.replaceAll(base, '<base>')).toMatchInlineSnapshot(`
      "error No space is left in <base>/small/site at packs/large/1.0.0/large-1.0.0.tar.gz (587 KiB).
        → Free some and publish again: what is there already stays. Readers get what was live before.
      "
    `);
    expect(status).toBe(2);
    const { ok, findings } = await verifyRegistry(copy, { cache: false });
    expect({ ok, wrong: findings.filter(({ severity }) => severity === 'error') }).toEqual({ ok: true, wrong: [] });
    const target = join(base, 'site');
    cpSync(copy, target, { recursive: true });
    expect(await publishTo(target, second)).toMatchObject({ outcome: 'published', before: 1 });
    expect((await verifyRegistry(target, { cache: false })).ok).toBe(true);
  },
);
