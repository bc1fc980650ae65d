import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { outcomeOf, runCli, startCli } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { png } from '../helpers/png.ts';
import { scratch } from '../helpers/scratch.ts';
import { problemsOf } from '../helpers/whole-registry.ts';

describe.skipIf(process.platform === 'win32')('a build that is asked to stop', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s removes its temporary folders', async (signal, expected) => {
    const repository = await gitRepository(packFiles('packs/demo'));
    // Enough to be at it for a while.
    for (let n = 0; n < 40; n += 1) {
      const files = { 'logo.png': png(1500 + n, 900, 0) };
      repository.write(packFiles(`packs/p${n}`, { name: `pack-${n}`, files }));
    }
    const [temporary, out] = [await scratch(), join(await scratch(), 'public')];
    const args = ['build', '--quiet', '--no-cache', '--repo', repository.path, '--out', out];
    const child = startCli(args, { env: { TMPDIR: temporary } });
    const ended = outcomeOf(child);
    const kinds = (): string[] => readdirSync(temporary).map((name) => name.split('-')[1] ?? '');
    while (child.exitCode === null && !(kinds().includes('tree') && kinds().includes('cache'))) await setTimeout(1);
    child.kill(signal);
    expect(await ended).toEqual({ status: expected, stdout: '', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
    if (existsSync(join(out, 'index.json'))) expect(problemsOf(out)).toEqual([]);
    const again = await runCli(args, { env: { TMPDIR: temporary } });
    expect(again).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});
