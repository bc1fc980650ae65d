import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import { runCli, type CliResult } from '../helpers/cli.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { brokenLinks, readIndex } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const DIE_AT = fileURLToPath(new URL('../helpers/die-at.mjs', import.meta.url));
const MOMENTS = 12;

describe.skipIf(process.platform === 'win32')('publishing to a folder that is killed', () => {
  test(
    'at any change: readers have the old registry or the new one, and the next run finishes',
    { timeout: 240_000 },
    async () => {
      const { folders } = await builtCommits(4);
      const [old = '', fresh = ''] = [folders[0], folders[3]];
      const base = await scratch();
      const publish = (target: string, from: string, env: Record<string, string> = {}): Promise<CliResult> => {
        const node = Object.keys(env).length > 0 ? ['--import', DIE_AT] : [];
        return runCli(['publish', target, '--from', from, '--quiet'], { node, env: { DIE_BELOW: target, ...env } });
      };
      const start = join(base, 'start');
      expect(await publish(start, old)).toEqual({ status: 0, stdout: '', stderr: '' });
      const counted = join(base, 'counted');
      cpSync(start, counted, { recursive: true });
      const countFile = join(base, 'count');
      await publish(counted, fresh, { DIE_COUNT: countFile });
      const changes = Number(readFileSync(countFile, 'utf8'));
      expect(changes).toBeGreaterThan(60);
      const serials = new Set<number>();
      for (let number = 0; number < MOMENTS; number += 1) {
        const target = join(base, 'killed');
        rmSync(target, { recursive: true, force: true });
        cpSync(start, target, { recursive: true });
        const moment = 1 + Math.round((number * (changes - 1)) / (MOMENTS - 1));
        const killed = await publish(target, fresh, { DIE_AT: String(moment) });
        // How often a lock is looked at is not the same each time, so that the last moments may not come.
        if (moment < 0.8 * changes) expect({ moment, status: killed.status }).toEqual({ moment, status: null });
        serials.add(readIndex(target).serial);
        expect({ moment, broken: brokenLinks(target) }).toEqual({ moment, broken: [] });
        expect(await publish(target, fresh), `killed before change ${moment}`).toEqual({
          status: 0,
          stdout: '',
          stderr: '',
        });
        expect(readIndex(target).serial).toBe(4);
        const { findings } = await verifyRegistry(target, { cache: false });
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        const left = existsSync(join(target, '.packyard-publish'))
          ? readdirSync(join(target, '.packyard-publish'))
          : [];
        // What was killed while it took the lock goes when it is some hours old.
        expect(left.length).toBeLessThan(4);
      }
      expect([...serials].toSorted((a, b) => a - b)).toEqual([1, 4]);
    },
  );
});
