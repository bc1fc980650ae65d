import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it, test } from 'vitest';

import { push } from '../../../src/contribute/push/push.ts';
import { noise } from '../../client/faults/served-pack.ts';
import { MAIN } from '../../helpers/cli.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { gitDaemon } from '../../helpers/git-daemon.ts';
import { gitWebServer, missingGitWebServer } from '../../helpers/git-web-server.ts';
import { ADA, loosePack, pushRegistry } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { ownMounts } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

const BRANCH = 'packyard/demo-1.1.0';
const REFS = ['for-each-ref', '--format=%(refname)'] as const;

const missing = missingGitWebServer();

describe.skipIf(missing !== undefined)(`smart HTTP${missing === undefined ? '' : ` (${missing})`}`, () => {
  it('takes a login of the address, or a token of a variable, and few requests', async () => {
    const remote = await pushRegistry();
    const server = await gitWebServer(dirname(remote.path));
    const directories = [await loosePack({ version: '1.1.0' })];
    const cache = await scratch();
    const first = await push({ directories, registry: server.urlFor('ada:geheim', 'remote.git'), cache });
    expect(first).toMatchObject({ outcome: 'pushed', registry: server.url('remote.git') });
    expect(JSON.stringify(first)).not.toContain('geheim');
    withEnvironment({ SECRET: 'geheim' });
    const before = server.requests().length;
    const options = { registry: server.urlFor('ada', 'remote.git'), tokenVariable: 'SECRET', cache } as const;
    expect(await push({ ...options, directories: [await loosePack({ version: '1.2.0' })] })).toMatchObject({
      outcome: 'pushed',
    });
    // Each conversation has one that is refused first, and the clone is there.
    expect(
      server
        .requests()
        .slice(before)
        .filter((line) => line.startsWith('POST')).length,
    ).toBeLessThanOrEqual(4);
  });

  it('says what was tried where nobody gets in, and no secret', async () => {
    const remote = await pushRegistry();
    const server = await gitWebServer(dirname(remote.path), { readers: ['eve:lesen'], publicReading: true });
    withEnvironment({
      WRONG: 'falsch-falsch',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'credential.helper',
      GIT_CONFIG_VALUE_0: '!f() { :; }; f --token=abc',
    });
    const directories = [await loosePack({ version: '1.1.0' })];
    const url = server.url('remote.git');
    const denied = await failureOf(push({ directories, registry: url, cache: false }));
    expect(denied).toMatchObject({ code: 'registry-denied', message: expect.stringContaining('there is no access') });
    expect(denied.hint).toBe(
      'Nothing was changed there or here. Tried: no variable with a token is known for this host: name one with --token-variable; credential helpers: a shell command; prompts of the terminal are off. Who may not push to the registry pushes to a --fork.',
    );
    const wrong = await failureOf(
      push({ directories, registry: server.urlFor('eve', 'remote.git'), tokenVariable: 'WRONG', cache: false }),
    );
    expect(wrong).toMatchObject({ code: 'registry-denied', hint: expect.stringContaining('the token in WRONG') });
    expect(JSON.stringify([denied, wrong])).not.toMatch(/falsch-falsch|abc/u);
    const unset = await failureOf(push({ directories, registry: url, tokenVariable: 'UNSET', cache: false }));
    expect(unset.message).toBe('The variable "UNSET" is not set.');
    expect(remote.git(...REFS)).toBe('refs/heads/main');
  });
});

test('git:// is pushed to where the daemon allows it', async () => {
  const remote = await pushRegistry();
  const url = await gitDaemon(remote.path);
  const directories = [await loosePack({ version: '1.1.0' })];
  expect(await push({ directories, registry: url, cache: await scratch() })).toMatchObject({ outcome: 'pushed' });
  remote.git('config', 'daemon.receivepack', 'false');
  const failure = await failureOf(
    push({ directories: [await loosePack({ version: '1.2.0' })], registry: url, cache: false }),
  );
  expect(failure.hint).toContain('git:// knows no login');
  expect(remote.git(...REFS)).toBe(`refs/heads/main\nrefs/heads/${BRANCH}`);
});

describe('a remote that refuses', () => {
  it.each([
    ['a hook of the remote', 'pre-receive', 'echo "No packs on Fridays."; exit 1', /No packs on Fridays\./u],
    [
      'a rule for branches',
      'update',
      'case "$1" in refs/heads/packyard/*) echo "protected branch"; exit 1;; esac',
      /protected branch/u,
    ],
  ])('by %s', async (_what, hook, script, words) => {
    const remote = await pushRegistry();
    remote.hook(hook, script);
    const cache = await scratch();
    const failure = await failureOf(
      push({ directories: [await loosePack({ version: '1.1.0' })], registry: remote.url, cache }),
    );
    expect(failure).toMatchObject({
      code: 'registry-denied',
      message: expect.stringMatching(words),
      hint: 'Nothing was changed there or here. What the remote says is its own rule: its hooks, its protected branches. Mend what it names, choose another --branch, or push to a --fork.',
    });
    expect(remote.git(...REFS)).toBe('refs/heads/main');
  });

  it('because a branch is in the way of another', async () => {
    const remote = await pushRegistry();
    remote.git('branch', 'packyard', 'main');
    const failure = await failureOf(
      push({ directories: [await loosePack({ version: '1.1.0' })], registry: remote.url, cache: false }),
    );
    expect(failure).toMatchObject({ code: 'registry-denied' });
  });

  it('because it is not there, or is empty', async () => {
    const remote = await pushRegistry();
    const directories = [await loosePack({ version: '1.1.0' })];
    const nowhere = await failureOf(push({ directories, registry: `${remote.url}.gone`, cache: false }));
    expect(nowhere).toMatchObject({
      code: 'registry-not-found',
      hint: expect.stringContaining('Tried: what you may do in that folder'),
    });
    remote.git('symbolic-ref', 'HEAD', 'refs/heads/none');
    const empty = await failureOf(push({ directories, registry: remote.url, cache: false }));
    expect(empty).toMatchObject({
      code: 'no-commit',
      message: `${remote.url} does not say which of its branches packs are added to: it is empty, or its HEAD names a branch that is not there.`,
      hint: 'Name the branch with --base, such as --base main; where there is none yet, push a first commit, such as what `packyard init` makes.',
    });
    expect((await push({ directories, registry: remote.url, base: 'main', cache: false })).outcome).toBe('pushed');
  });
});

test('a fork is pushed to, on top of the registry', async () => {
  const [remote, fork] = [await pushRegistry(), await pushRegistry({ 'old.txt': 'old' })];
  const result = await push({
    directories: [await loosePack({ version: '1.1.0' })],
    registry: remote.url,
    fork: fork.url,
    cache: await scratch(),
  });
  expect(result).toMatchObject({
    outcome: 'pushed',
    fork: fork.url,
    base: { commit: remote.git('rev-parse', 'main') },
  });
  expect(fork.git('log', '--format=%s', BRANCH)).toBe('Add demo 1.1.0\nother');
  expect(fork.git('rev-parse', `${BRANCH}^`)).toBe(remote.git('rev-parse', 'main'));
  expect(remote.git(...REFS)).toBe('refs/heads/main');
});

const mounts = ownMounts();

describe.skipIf(mounts === undefined)(`a full disk${mounts === undefined ? ' (no own mounts here)' : ''}`, () => {
  /** The script sees the small disk at $1; nobody else does. */
  async function onSmallDisk(script: string): Promise<{ stderr: string; status: number | null; base: string }> {
    const base = await scratch();
    const remote = await pushRegistry();
    const directory = await loosePack({ version: '1.1.0', files: { 'noise.bin': noise(600_000, 'push') } });
    await mkdir(join(base, 'small'));
    await mkdir(join(base, 'temporary'));
    const [program = '', ...wrapper] = mounts ?? [];
    const args = [...wrapper, 'sh', '-c', `mount -t tmpfs -o size=420k tmpfs "$1" && ${script}`, 'sh'];
    const result = spawnSync(
      program,
      [...args, join(base, 'small'), remote.path, directory, process.execPath, MAIN, base],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          HOME: base,
          TMPDIR: join(base, 'temporary'),
          PACKYARD_CACHE_DIR: join(base, 'cache'),
          ...ADA,
        },
      },
    );
    expect(remote.git(...REFS)).toBe('refs/heads/main');
    expect(readdirSync(join(base, 'temporary')).filter((name) => name.startsWith('packyard-'))).toEqual([]);
    return { ...result, base };
  }

  it('of the remote is said to be that', async () => {
    const { stderr, status, base } = await onSmallDisk(
      'cp -R "$2" "$1/remote.git" && "$4" "$5" push "$3" --registry "file://$1/remote.git" -q; status=$?; git -C "$1/remote.git" for-each-ref >&2; exit $status',
    );
    expect(status).toBe(2);
    expect(stderr.replaceAll(base, '<base>')).toContain(
      'error file://<base>/small/remote.git could not be pushed to: its disk is full.',
    );
    expect(stderr).not.toContain('refs/heads/packyard');
  });

  it.each([
    ['for temporary files', 'TMPDIR="$1" "$4" "$5" push "$3" --registry "file://$2" -q', 'No space is left'],
    [
      'of the cache',
      'head -c 500000 /dev/zero > "$1/full" 2>/dev/null; PACKYARD_CACHE_DIR="$1" "$4" "$5" push "$3" --registry "file://$2" -q; status=$?; ls "$1" >&2; exit $status',
      'space',
    ],
  ])('%s here is said to be that, and nothing is left there', async (_what, script, words) => {
    const { stderr, status } = await onSmallDisk(`${script}; status=$?; ls "$1" | grep packyard- >&2; exit $status`);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('packyard-tree');
    expect(status).toBe(2);
  });
});
