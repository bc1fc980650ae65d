import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { planPush, push } from '../../../src/contribute/push/push.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { loosePack, pushRegistry, writeFiles } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const BRANCH = 'packyard/demo-1.1.0';

describe('a new version', () => {
  it('becomes one signed-off commit on a branch of its own, on top of the default branch', async () => {
    const remote = await pushRegistry();
    const main = remote.git('rev-parse', 'main');
    const directory = await loosePack({ version: '1.1.0', files: { 'run.sh': '#!/bin/sh\n', 'a b.txt': 'x\r\n' } });
    chmodSync(join(directory, 'run.sh'), 0o755);
    const result = await push({ directories: [directory], registry: remote.url, cache: await scratch() });
    expect(result).toMatchObject({ outcome: 'pushed', branch: BRANCH, base: { branch: 'main', commit: main } });
    expect(remote.git('rev-parse', BRANCH, `${BRANCH}^`).split('\n')).toEqual([result.commit, main]);
    expect(remote.git('log', '-1', '--format=%an <%ae>, %cn%n%B', BRANCH)).toBe(
      `Ada Lovelace <ada@example.org>, Ada Lovelace
Add demo 1.1.0

Since 1.0.0: 2 files added, 1 file changed.

  + a b.txt
  ~ pack.json
  + run.sh

Signed-off-by: Ada Lovelace <ada@example.org>`,
    );
    expect(remote.files(BRANCH).filter((path) => path.includes('1.1.0'))).toEqual(
      ['README.md', 'a b.txt', 'pack.json', 'run.sh', 'values.yaml'].map((name) => `packs/demo-1.1.0/${name}`),
    );
    expect(remote.git('ls-tree', BRANCH, 'packs/demo-1.1.0/run.sh')).toMatch(/^100755 /u);
    expect(remote.file(BRANCH, 'packs/demo-1.1.0/a b.txt')).toBe('x\r\n');
    expect(remote.git('for-each-ref', '--format=%(refname)')).toBe(`refs/heads/main\nrefs/heads/${BRANCH}`);
  });

  it('is planned without a change anywhere', async () => {
    const remote = await pushRegistry();
    const cache = await scratch();
    const directory = await loosePack({ version: '1.1.0' });
    const plan = await planPush({
      directories: [directory],
      registry: remote.url,
      cache,
      signOff: false,
      message: 'Mine',
    });
    expect(plan.packs).toMatchObject([
      { change: 'new', directory: 'packs/demo-1.1.0', previous: '1.0.0', message: 'Mine\n' },
    ]);
    expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('goes with others, a commit for each, on one branch', async () => {
    const remote = await pushRegistry();
    const directories = [await loosePack({ version: '1.1.0' }), await loosePack({ name: 'more' }), await loosePack()];
    const result = await push({ directories, registry: remote.url, cache: false });
    expect(result.branch).toBe('packyard/demo-1.1.0-and-2-more');
    expect(result.packs.map(({ change }) => change)).toEqual(['new', 'new', 'unchanged']);
    expect(remote.git('log', '--format=%s', `main..${result.branch}`)).toBe('Add more 1.0.0\nAdd demo 1.1.0');
    expect(remote.git('log', '-1', '--format=%b', result.branch)).toMatch(
      /^The first version of a pack: Demo, layer addon\./u,
    );
  });

  it('takes the place of the one before it where the layout has one directory for each pack', async () => {
    const remote = await pushRegistry({ ...packFiles('packs/demo', { files: { 'old.txt': '' } }) });
    const directory = await loosePack({ version: '1.1.0' });
    await push({ directories: [directory], registry: remote.url, cache: false });
    expect(remote.files(BRANCH)).toEqual(['packs/demo/README.md', 'packs/demo/pack.json', 'packs/demo/values.yaml']);
    expect(remote.git('log', '-1', '--format=%s', BRANCH)).toBe('Update demo to 1.1.0');
    const older = push({ directories: [await loosePack({ version: '0.9.0' })], registry: remote.url, cache: false });
    expect(await failureOf(older)).toMatchObject({
      code: 'version-exists',
      message:
        'packs/demo of the registry holds demo 1.0.0, which is not below 0.9.0, and has room for one version only.',
      hint: 'Nothing was pushed. The next free version is 1.0.1.',
    });
  });
});

describe('what is there already', () => {
  it('is left as it is when it is the same, and refused when it is not', async () => {
    const remote = await pushRegistry();
    const cache = await scratch();
    const directory = await loosePack({ files: { '.DS_Store': 'junk' } });
    const result = await push({ directories: [directory], registry: remote.url, cache });
    expect(result).toMatchObject({ outcome: 'unchanged', packs: [{ change: 'unchanged' }] });
    appendFileSync(join(directory, 'README.md'), 'more\n');
    writeFileSync(join(directory, 'new.txt'), '');
    expect(await failureOf(push({ directories: [directory], registry: remote.url, cache }))).toEqual({
      code: 'version-exists',
      message:
        'demo 1.0.0 is in the registry already, in packs/demo-1.0.0, with other content:\n  ~ README.md\n  + new.txt',
      hint: 'What is there never changes. Give the pack its next free version: 1.0.1.',
    });
    expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('is a branch of the same content, of other content, and one that is replaced on request', async () => {
    const remote = await pushRegistry();
    const cache = await scratch();
    const directory = await loosePack({ version: '1.1.0' });
    const options = { directories: [directory], registry: remote.url, cache };
    const first = await push(options);
    expect(await push(options)).toMatchObject({ outcome: 'unchanged', commit: first.commit });
    appendFileSync(join(directory, 'README.md'), 'more\n');
    expect(await failureOf(push(options))).toEqual({
      code: 'branch-taken',
      message: `${remote.url} has a branch ${BRANCH} already, with other content.`,
      hint: 'Nothing was pushed. With --update it is replaced, if it is yours; or name another one with --branch.',
    });
    expect(remote.git('rev-parse', BRANCH)).toBe(first.commit);
    const updated = await push({ ...options, update: true });
    expect(updated.outcome).toBe('updated');
    expect(remote.git('rev-parse', BRANCH, `${BRANCH}^`).split('\n')).toEqual([
      updated.commit,
      remote.git('rev-parse', 'main'),
    ]);
  });

  it('is a directory of another pack, or a file', async () => {
    const files = { ...packFiles('packs/other-2.0.0', { name: 'another' }), 'packs/text-1.0.0': 'a file' };
    const remote = await pushRegistry({ ...packFiles('packs/demo-1.0.0'), ...files });
    const failures = [];
    for (const [name, version] of [
      ['other', '2.0.0'],
      ['text', '1.0.0'],
    ] as const) {
      const work = push({ directories: [await loosePack({ name, version })], registry: remote.url, cache: false });
      failures.push((await failureOf(work)).message);
    }
    expect(failures).toEqual([
      'The pack cannot go to packs/other-2.0.0 of the registry: it holds another 1.0.0.',
      'The pack cannot go to packs/text-1.0.0 of the registry: it is there and holds no pack.',
    ]);
  });
});

describe('a checkout', () => {
  async function checkout(url: string): Promise<{ path: string; state: () => string }> {
    const path = join(await scratch(), 'co');
    execFileSync('git', ['clone', '--quiet', url, path]);
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-C', path, ...args], { encoding: 'utf8' });
    const state = (): string =>
      [
        git('status', '--porcelain', '--branch'),
        git('for-each-ref'),
        git('ls-files', '-s'),
        git('count-objects', '-v'),
      ].join('\n');
    return { path, state };
  }

  it('stays as it is, and its directory is where the pack goes', async () => {
    const remote = await pushRegistry({ ...packFiles('packs/demo-1.0.0'), '.gitignore': '*.log\n' });
    const { path, state } = await checkout(remote.url);
    writeFiles(
      path,
      packFiles('packs/special/mine', {
        version: '1.1.0',
        files: { 'a.log': '', 'x.bak': '', '.packignore': 'notes\n' },
      }),
    );
    writeFileSync(join(path, 'README.md'), 'not committed');
    execFileSync('git', ['-C', path, 'add', 'README.md']);
    const before = state();
    const result = await push({ directories: [join(path, 'packs/special/mine')], cache: false });
    expect(result.packs).toMatchObject([
      {
        directory: 'packs/special/mine',
        leftOut: [
          { path: 'a.log', reason: 'ignored' },
          { path: 'x.bak', reason: 'junk' },
        ],
      },
    ]);
    expect(remote.files(BRANCH).filter((file) => file.startsWith('packs/special'))).toEqual(
      ['.packignore', 'README.md', 'pack.json', 'values.yaml'].map((name) => `packs/special/mine/${name}`),
    );
    expect(remote.files(BRANCH)).not.toContain('README.md');
    expect(state()).toBe(before);
  });

  it('may be behind, be shallow, or have no remote', async () => {
    const remote = await pushRegistry();
    const { path } = await checkout(remote.url);
    remote.commit('main', packFiles('packs/other-1.0.0', { name: 'other' }) as Record<string, string>);
    writeFiles(path, packFiles('packs/demo-1.1.0', { version: '1.1.0' }));
    const options = { directories: [join(path, 'packs/demo-1.1.0')], cache: false } as const;
    expect((await push(options)).base.commit).toBe(remote.git('rev-parse', 'main'));
    execFileSync('git', ['-C', path, 'remote', 'remove', 'origin']);
    expect(await failureOf(push(options))).toMatchObject({
      code: 'usage',
      message: 'Nothing says which registry the pack is for: it does not lie in a checkout with a remote.',
      hint: 'Name the Git repository with --registry, or in the variable PACKYARD_REPOSITORY.',
    });
    withEnvironment({ PACKYARD_REPOSITORY: remote.url });
    expect((await push(options)).outcome).toBe('unchanged');
  });
});

describe('what no registry takes', () => {
  it.each([
    ['a link', (folder: string) => symlinkSync('/etc/passwd', join(folder, 'x')), 'pack-refused', /found an error/u],
    [
      'a pack without values',
      (folder: string) => writeFileSync(join(folder, 'values.yaml'), 'pack: ['),
      'pack-refused',
      /found an error/u,
    ],
    [
      'no manifest',
      (folder: string) => writeFileSync(join(folder, 'pack.json'), '['),
      'pack-refused',
      /does not say the name/u,
    ],
    [
      'a name',
      (folder: string) => writeFileSync(join(folder, 'pack.json'), '{"name":"../x","version":"1"}'),
      'pack-refused',
      /"\.\.\/x" cannot be the name/u,
    ],
    [
      'a version',
      (folder: string) => writeFileSync(join(folder, 'pack.json'), '{"name":"x","version":"../1"}'),
      'pack-refused',
      /cannot be the version/u,
    ],
    [
      'a repository inside',
      (folder: string) =>
        mkdirSync(join(folder, 'sub')) ?? execFileSync('git', ['-C', join(folder, 'sub'), 'init', '-q']),
      'pack-refused',
      /repository of its own/u,
    ],
  ])('%s is refused', async (_what, spoil, code, message) => {
    const remote = await pushRegistry();
    const directory = await loosePack({ version: '1.1.0' });
    spoil(directory);
    const failure = await failureOf(push({ directories: [directory], registry: remote.url, cache: false }));
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });
});
