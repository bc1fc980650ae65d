import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { bareRemote } from '../../helpers/bare-remote.ts';
import { gitWebServer, missingGitWebServer } from '../../helpers/git-web-server.ts';
import { scratch } from '../../helpers/scratch.ts';

const MISSING = missingGitWebServer();

test.skipIf(MISSING !== undefined)('a repository behind Apache is cloned and pushed to with a login', async () => {
  const remote = await bareRemote();
  remote.commit('main', { 'a.txt': 'a' });
  const server = await gitWebServer(dirname(remote.path), { readers: ['eve:lesen'] });
  const work = join(await scratch(), 'work');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  expect(() => git('clone', '-q', server.url('remote.git'), work)).toThrow(/could not read Username/);
  git('clone', '-q', server.urlFor('ada:geheim', 'remote.git'), work);
  git('-C', work, 'push', '-q', 'origin', 'main:next');
  expect(remote.git('rev-parse', 'next')).toBe(remote.git('rev-parse', 'main'));
  expect(() => git('-C', work, 'push', '-q', server.urlFor('eve:lesen', 'remote.git'), 'main:more')).toThrow(
    /40[13]|Authentication/,
  );
  expect(server.requests().some((line) => line.startsWith('POST /remote.git/git-receive-pack 200'))).toBe(true);
});
