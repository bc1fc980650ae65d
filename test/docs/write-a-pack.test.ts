import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { init } from '../../src/contribute/init/init.ts';
import { bareRemote, type BareRemote } from '../helpers/bare-remote.ts';
import { gitDaemon } from '../helpers/git-daemon.ts';
import { gitWebServer, missingGitWebServer } from '../helpers/git-web-server.ts';
import { scratch } from '../helpers/scratch.ts';
import { missingForGuides } from '../helpers/tutorial/missing-for-guides.ts';
import { runTutorial } from '../helpers/tutorial/run-tutorial.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guides/write-a-pack.md', import.meta.url));

/** A login as a credential helper of the user gives it. */
const LOGIN = '[credential]\n\thelper = "!f() { echo username=ada; echo password=geheim; }; f"\n';

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

/** The address is all that is different. */
async function follows(remote: BareRemote, url: string): Promise<void> {
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
}

describe.skipIf(missingForGuides('perl'))('writing a pack goes as the guide says', { timeout: 180_000 }, () => {
  it('over file://', async () => {
    const remote = await harbour();
    await follows(remote, remote.url);
  });

  it('over git://, to git daemon', async () => {
    const remote = await harbour();
    await follows(remote, await gitDaemon(remote.path));
  });

  const missing = missingGitWebServer();
  it.skipIf(missing)(
    `over http with a login, to Apache${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    async () => {
      const remote = await harbour();
      chmodSync(dirname(remote.path), 0o755);
      const server = await gitWebServer(dirname(remote.path));
      await follows(remote, server.url('remote.git'));
      expect(server.requests().join('\n')).toMatch(/POST \/remote\.git\/git-receive-pack 200/u);
    },
  );
});
