import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { planPush, push } from '../../../src/contribute/push/push.ts';
import type { BareRemote } from '../../helpers/bare-remote.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { loosePack, pushRegistry, writeFiles } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const BRANCH = 'packyard/demo-1.1.0';

interface Checkout {
  readonly path: string;
  /** A pack that is new in it. */
  readonly pack: string;
  git(...args: readonly string[]): string;
}

async function checkoutOf({ url }: BareRemote): Promise<Checkout> {
  const path = join(await scratch(), 'co');
  execFileSync('git', ['clone', '--quiet', url, path]);
  writeFiles(path, packFiles('packs/demo-1.1.0', { version: '1.1.0' }));
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', path, ...args], { encoding: 'utf8' });
  return { path, pack: join(path, 'packs/demo-1.1.0'), git };
}

const heads = (remote: BareRemote): string[] =>
  remote.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n');

describe('the remote of a checkout', () => {
  it('is the registry where it is fetched from, and a fork where it is pushed to', async () => {
    const [remote, fork] = [await pushRegistry(), await pushRegistry({ 'old.txt': 'old' })];
    const { pack, git } = await checkoutOf(remote);
    git('remote', 'set-url', '--push', 'origin', fork.url);
    const result = await push({ directories: [pack], cache: false });
    expect(result).toMatchObject({ outcome: 'pushed', registry: remote.url, fork: fork.url });
    expect(result.base.commit).toBe(remote.git('rev-parse', 'main'));
    expect([heads(remote), heads(fork)]).toEqual([['main'], ['main', BRANCH]]);
    git('remote', 'add', 'upstream', remote.url);
    const named = await planPush({ directories: [pack], remote: 'upstream', fork: 'origin', cache: false });
    expect(named).toMatchObject({ outcome: 'unchanged', registry: remote.url, fork: fork.url });
  });

  it('may have several addresses where one of them is named', async () => {
    const [remote, other] = [await pushRegistry(), await pushRegistry()];
    const { pack, git } = await checkoutOf(remote);
    git('remote', 'set-url', '--add', 'origin', other.url);
    expect(await failureOf(push({ directories: [pack], cache: false }))).toEqual({
      code: 'usage',
      message: 'The remote "origin" has several addresses to push to.',
      hint: 'Name the one that is meant with --fork; or the registry itself, with --registry.',
    });
    expect(await push({ directories: [pack], fork: other.url, cache: false })).toMatchObject({
      registry: remote.url,
      fork: other.url,
    });
  });

  it('may be written short, be named by a path, and have another default branch; the checkout may be detached', async () => {
    const remote = await pushRegistry();
    remote.git('branch', '--move', 'main', 'master');
    const { pack, git } = await checkoutOf(remote);
    git('checkout', '--quiet', '--detach');
    git('config', `url.${remote.url.replace(/remote\.git$/u, '')}.insteadOf`, 'packs:');
    git('remote', 'set-url', 'origin', 'packs:remote.git');
    expect(await push({ directories: [pack], cache: false })).toMatchObject({
      outcome: 'pushed',
      base: { branch: 'master' },
    });
    expect(git('status', '--branch', '--porcelain')).toBe('## HEAD (no branch)\n?? packs/demo-1.1.0/\n');
    git('remote', 'set-url', 'origin', join('..', '..', remote.path.split('/').slice(-2).join('/')));
    expect((await push({ directories: [pack], cache: false })).outcome).toBe('unchanged');
  });
});

describe('what a checkout has', () => {
  it('is pushed with the line endings that the registry has, and found there again', async () => {
    const remote = await pushRegistry();
    withEnvironment({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.autocrlf', GIT_CONFIG_VALUE_0: 'true' });
    const { path, pack } = await checkoutOf(remote);
    appendFileSync(join(pack, 'values.yaml'), '# more\r\n');
    const result = await push({ directories: [pack, join(path, 'packs/demo-1.0.0')], cache: false });
    expect(result.packs.map(({ change }) => change)).toEqual(['new', 'unchanged']);
    expect(remote.file(result.branch, 'packs/demo-1.1.0/values.yaml')).toBe('pack:\n  namespace: demo\n# more\n');
  });

  it('goes to a registry of another object format', async () => {
    const remote = await pushRegistry();
    const { pack } = await checkoutOf(remote);
    const other = join(await scratch(), 'other.git');
    execFileSync('git', ['init', '--quiet', '--bare', '--object-format=sha256', '--initial-branch=main', other]);
    const from = join(await scratch(), 'from');
    execFileSync('git', ['init', '--quiet', '--object-format=sha256', from]);
    writeFiles(from, packFiles('packs/demo-1.0.0'));
    execFileSync('git', ['-C', from, 'add', '.']);
    execFileSync('git', ['-C', from, 'commit', '--quiet', '--message', 'first']);
    execFileSync('git', ['-C', from, 'push', '--quiet', other, 'HEAD:main']);
    for (const [cache, outcome] of [
      [await scratch(), 'pushed'],
      [false, 'unchanged'],
    ] as const) {
      const result = await push({ directories: [pack], registry: other, cache });
      expect(result).toMatchObject({ outcome, commit: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    }
  });
});

describe('a plan', () => {
  it('says what the push would come to, and is refused where the push would be', async () => {
    const remote = await pushRegistry();
    const cache = await scratch();
    const directory = await loosePack({ version: '1.1.0' });
    const options = { directories: [directory], registry: remote.url, cache };
    const outcome = async (more: { readonly update?: boolean } = {}): Promise<string> =>
      (await planPush({ ...options, ...more })).outcome;
    expect(await outcome()).toBe('pushed');
    await push(options);
    expect(await outcome()).toBe('unchanged');
    appendFileSync(join(directory, 'README.md'), 'more\n');
    expect((await failureOf(planPush(options))).code).toBe('branch-taken');
    expect(await outcome({ update: true })).toBe('updated');
    expect((await planPush({ ...options, directories: [await loosePack()] })).outcome).toBe('unchanged');
  });

  it('takes a directory that is named twice for one', async () => {
    const remote = await pushRegistry();
    const directory = await loosePack({ version: '1.1.0' });
    const plan = await planPush({ directories: [directory, `${directory}/`], registry: remote.url, cache: false });
    expect(plan.packs.map(({ from }) => from)).toEqual([directory]);
  });

  it.each([
    ['.git/*', '.git/demo-1.1.0'],
    ['a/.GIT/*', 'a/.GIT/demo-1.1.0'],
  ])('puts nothing where Git would leave it out: %s', async (glob, place) => {
    const remote = await pushRegistry({ 'registry.yaml': `packs: ['${glob}']\n` });
    const work = planPush({ directories: [await loosePack({ version: '1.1.0' })], registry: remote.url, cache: false });
    expect(await failureOf(work)).toMatchObject({
      code: 'usage',
      message: `The registry looks for packs in ${glob}, where no pack can lie in ${place}.`,
    });
  });
});
