import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { init } from '../../src/contribute/init/init.ts';
import { bareRemote, type BareRemote } from '../helpers/bare-remote.ts';
import { scratch } from '../helpers/scratch.ts';
import { GIT_HOSTS, LOGIN } from '../helpers/tutorial/git-hosts.ts';
import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/write-a-pack.md', import.meta.url));

/** The registry as the owner's tutorial leaves it: as `init` made it. */
async function harbour(): Promise<BareRemote> {
  const remote = await bareRemote();
  const directory = join(await scratch(), 'harbour');
  await init({ directory, title: 'Harbour packs', host: 'directory' });
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=owner@example.org', ...args], { cwd: directory });
  };
  git('add', '--all');
  git('commit', '--quiet', '--message=Start a registry of packs');
  git('push', '--quiet', remote.url, 'HEAD:refs/heads/main');
  return remote;
}

describe.skipIf(missingForGuides('perl'))('writing a pack goes as the guide says', { timeout: 180_000 }, () => {
  for (const { name, missing, serve } of GIT_HOSTS) {
    it.skipIf(missing)(name, async () => {
      const remote = await harbour();
      const { url, isPushedTo } = await serve(remote);
      const { commands } = await runTutorial(GUIDE, {
        names: { 'https://git.example.org/harbour.git': url },
        gitConfig: LOGIN,
      });
      expect(readFileSync(GUIDE, 'utf8').split('\n## ')[0]).toContain(` ${commands} commands`);
      expect(remote.files('packyard/whoami-1.3.0')).toContain('packs/whoami-1.3.0/charts/whoami-1.3.0.tgz');
      expect(remote.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')).toEqual([
        'main',
        'packyard/whoami-1.2.0',
        'packyard/whoami-1.3.0',
      ]);
      expect(isPushedTo()).toBe(true);
    });
  }
});
