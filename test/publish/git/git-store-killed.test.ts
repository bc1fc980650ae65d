import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { bareRemote } from '../../helpers/bare-remote.ts';
import { branchFolder } from '../../helpers/branch-folder.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { builtCommits } from '../../helpers/published-commits.ts';
import { brokenLinks, readIndex, treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';

const PUBLISH = fileURLToPath(new URL('../../helpers/publish-git.mjs', import.meta.url));
const KILLS = 20;

test('killed at any moment: the branch is whole, the repository untouched, and the next run ends it', async () => {
  const { folders } = await builtCommits(2);
  const [first = '', second = ''] = folders;
  const remote = await bareRemote();
  const user = await gitRepository({ 'README.md': 'x' });
  user.git('remote', 'add', 'origin', remote.url);
  const before = treeOf(user.path);
  const temporary = await scratch();
  const env = { ...process.env, TMPDIR: temporary };
  const run = (from: string): string =>
    execFileSync(process.execPath, [PUBLISH, from, 'origin'], { cwd: user.path, env, encoding: 'utf8' }).trim();
  const started = performance.now();
  expect(run(first)).toBe('published');
  const length = performance.now() - started;
  const start = remote.git('rev-parse', 'gh-pages');
  for (let kill = 0; kill < KILLS; kill += 1) {
    remote.git('update-ref', 'refs/heads/gh-pages', start);
    const child = spawn(process.execPath, [PUBLISH, second, 'origin'], { cwd: user.path, env, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), (length * (kill + 1)) / KILLS);
    await new Promise((resolve) => child.once('close', resolve));
    clearTimeout(timer);
    expect(treeOf(user.path)).toEqual(before);
    const folder = await branchFolder(remote, 'gh-pages');
    expect(brokenLinks(folder)).toEqual([]);
    expect([1, 2]).toContain(readIndex(folder).serial);
    // A push that was on its way may end behind its publisher.
    expect(['published', 'unchanged']).toContain(run(second));
    expect(readIndex(await branchFolder(remote, 'gh-pages')).serial).toBe(2);
  }
  expect(treeOf(user.path)).toEqual(before);
  expect(remote.git('fsck', '--strict')).not.toMatch(/error|missing/u);
}, 300_000);
