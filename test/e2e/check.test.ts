import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { outcomeOf, runCli, startCli, type CliResult } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

const SOUND = { annotations: { source: 'community', contributor: 'us' }, addonType: 'monitoring' };

/** One pack with an error, a warning and a hint, of which the latter two can be repaired. */
function repositoryWith(manifest: Readonly<Record<string, unknown>> = {}): Promise<TestRepository> {
  return gitRepository(
    packFiles('packs/demo-v1.0.0', { version: 'v1.0.0', manifest: { ...SOUND, eol: '', layer: 'adon', ...manifest } }),
  );
}

function check({ path }: TestRepository, ...args: string[]): Promise<CliResult> {
  return runCli(['check', ...args], { cwd: path });
}

const TEXT = `── packs/demo-v1.0.0

packs/demo-v1.0.0/pack.json:3:14 warning pack/leading-v
  the version "v1.0.0" begins with a v
  3 |   "version": "v1.0.0",
    |              ^^^^^^^^
  → Write "1.0.0": the v belongs to Git tags.

packs/demo-v1.0.0/pack.json:5:12 error pack/schema
  "layer" must be kernel, os, k8s, cni, csi or addon, not "adon" (did you mean "addon"?)
  5 |   "layer": "adon",
    |            ^^^^^^
  → schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.

packs/demo-v1.0.0/pack.json:14:3 hint pack/blank-key
  "eol" is blank
  14 |   "eol": ""
     |   ^^^^^
  → Fill it in, or remove it: without it nothing changes.

1 error, 1 warning, 1 hint in 1 pack. 2 fixable with --fix.
`;

describe('packyard check', () => {
  test('shows what is wrong, and that something is', async () => {
    const result = await check(await repositoryWith());
    expect(result).toEqual({ status: 1, stdout: TEXT, stderr: 'packs: 1/1\n' });
  });

  test('is content with packs that are in order', async () => {
    const repository = await gitRepository(packFiles('packs/demo-1.0.0', { manifest: SOUND }));
    expect(await check(repository)).toEqual({
      status: 0,
      stdout: '1 pack checked: all is well.\n',
      stderr: 'packs: 1/1\n',
    });
  });

  test('fails for warnings only when it is told to', async () => {
    const repository = await repositoryWith({ layer: 'addon' });
    expect((await check(repository)).status).toBe(0);
    expect((await check(repository, '--max-warnings', '1')).status).toBe(0);
    expect((await check(repository, '--max-warnings', '0')).status).toBe(1);
    expect((await check(repository, '--strict')).status).toBe(1);
    expect((await check(repository, '--preset', 'compat')).stdout).toBe('1 pack checked: all is well.\n');
  });

  test('prints errors only when it is to be quiet', async () => {
    const { stdout, stderr } = await check(await repositoryWith(), '--quiet');
    expect(stderr).toBe('');
    expect(stdout).toContain('pack/schema');
    expect(stdout).not.toContain('pack/leading-v');
    expect(await check(await repositoryWith({ layer: 'addon' }), '--quiet')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('prints JSON, and nothing else', async () => {
    const result = await check(await repositoryWith(), '--json');
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toMatchObject({
      format: 'packyard-findings/1',
      findings: [
        {
          rule: 'pack/leading-v',
          severity: 'warning',
          pack: 'demo',
          file: 'packs/demo-v1.0.0/pack.json',
          line: 3,
          column: 14,
          fix: 'safe',
        },
        { rule: 'pack/schema', severity: 'error' },
        { rule: 'pack/blank-key', severity: 'hint' },
      ],
    });
  });

  test.each([
    ['github', /^::error file=packs\/demo-v1\.0\.0\/pack\.json,line=5,/mu],
    ['junit', /^<testsuites .*failures="1"/mu],
    ['markdown', /\| `?pack\/schema/u],
    ['sarif', /"version": "2\.1\.0"/u],
  ])('prints %s', async (format, pattern) => {
    const { status, stdout } = await check(await repositoryWith(), '--format', format);
    expect(status).toBe(1);
    expect(stdout).toMatch(pattern);
  });

  test('checks a file that an editor has not saved yet', async () => {
    const { path } = await repositoryWith({ layer: 'addon' });
    const child = startCli(['check', '--stdin-file', 'packs/demo-v1.0.0/values.yaml', '--json', '--no-cache'], {
      cwd: path,
    });
    child.stdin?.end('pack: [');
    const { status, stdout } = await outcomeOf(child);
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toMatchObject([
      { rule: 'values/invalid-yaml', file: 'packs/demo-v1.0.0/values.yaml', line: 1 },
    ]);
  });
});

describe('packyard check --fix', () => {
  test('repairs, says what, and shows what is left', async () => {
    const repository = await repositoryWith();
    const { status, stdout, stderr } = await check(repository, '--fix');
    expect([status, stdout.split('\n').at(-2)]).toEqual([1, '1 error in 1 pack.']);
    expect(stderr).toBe(
      'Repaired 2 findings:\n' +
        '  pack/leading-v  packs/demo-v1.0.0/pack.json: the version "v1.0.0" begins with a v\n' +
        '  pack/blank-key  packs/demo-v1.0.0/pack.json: "eol" is blank\n' +
        '1 file:\n  ~ packs/demo-v1.0.0/pack.json\n\npacks: 1/1\n',
    );
    expect(repository.git('diff', '--numstat')).toBe('2\t3\tpacks/demo-v1.0.0/pack.json');
    const again = await check(repository, '--fix');
    expect(again.stderr).toBe('Nothing to repair.\npacks: 1/1\n');
  });

  test('changes nothing when it is only to say what it would do', async () => {
    const repository = await repositoryWith();
    const { stdout, stderr } = await check(repository, '--fix', '--dry-run');
    expect(stderr).toContain('Would repair 2 findings:');
    expect(stdout).toBe(TEXT);
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});

describe('packyard check --update-baseline', () => {
  test('makes what is there the known', async () => {
    const repository = await repositoryWith();
    const updated = await check(repository, '--update-baseline');
    expect(updated).toMatchObject({
      status: 0,
      stdout: '3 findings are known now, in packyard-baseline.json. Commit it.\n',
    });
    expect(await check(repository)).toMatchObject({
      status: 0,
      stdout: '1 pack checked: all is well. 3 in the baseline.\n',
    });
    repository.write({ 'packs/demo-v1.0.0/values.yaml': 'x: [' });
    expect((await check(repository)).status).toBe(1);
    expect((await check(repository, '--no-baseline')).stdout).toContain('2 errors, 1 warning, 1 hint');
  });

  test('can write it elsewhere', async () => {
    const repository = await repositoryWith();
    const file = join(await scratch(), 'known.json');
    expect((await check(repository, '--update-baseline', '--baseline', file, '--quiet')).stdout).toBe('');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'packyard-baseline/1' });
    expect((await check(repository, '--baseline', file)).status).toBe(0);
  });
});

test('a repair that would lose something is left to people', async () => {
  const repository = await repositoryWith();
  repository.git('update-index', '--skip-worktree', 'packs/demo-v1.0.0/pack.json');
  repository.write({ 'packs/demo-v1.0.0/pack.json': 'mine' });
  expect((await check(repository, '--fix')).stderr).toBe(
    'Not repaired: packs/demo-v1.0.0/pack.json: it is not what Git has of it. Repair that pack by hand.\npacks: 1/1\n',
  );
});

describe('a baseline that cannot be written', () => {
  test('is said, with its path', async () => {
    const repository = await repositoryWith();
    const folder = join(repository.path, 'packs');
    expect(await check(repository, '--update-baseline', '--baseline', 'packs')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        new RegExp(`error The baseline ${folder} cannot be written \\(EISDIR\\)\\.\\n {2}→ Look at the rights of`, 'u'),
      ) as string,
    });
  });

  test('is said where a file is above it too', async () => {
    const repository = await repositoryWith();
    const path = 'packs/demo-v1.0.0/pack.json/baseline.json';
    const { status, stderr } = await check(repository, '--update-baseline', '--quiet', '--baseline', path);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error The baseline .*baseline\.json cannot be written \(\w+\)\.\n {2}→ Look at the rights of/u,
    );
  });

  test('is not written through a link', async () => {
    const repository = await repositoryWith();
    const victim = join(await scratch(), 'victim');
    writeFileSync(victim, 'precious');
    symlinkSync(victim, join(repository.path, 'packyard-baseline.json'));
    const { status, stderr } = await check(repository, '--update-baseline', '--quiet');
    const path = join(repository.path, 'packyard-baseline.json');
    expect([status, stderr]).toEqual([
      2,
      `error The baseline ${path} is a symbolic link, which is not followed.\n  → Replace it with a file, or name another one with --baseline.\n`,
    ]);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });
});

test('what makes it impossible to check is JSON too where JSON is asked for', async () => {
  const repository = await repositoryWith();
  repository.write({ 'registry.yaml': 'check: []\n' });
  for (const args of [['--json'], ['--format', 'json'], ['--format=json']]) {
    const { status, stdout } = await check(repository, ...args);
    expect([status, (JSON.parse(stdout) as { format: string }).format]).toEqual([2, 'packyard-error/1']);
  }
});

describe('packyard check cannot be asked for', () => {
  test.each([
    [
      ['--format', 'jsn'],
      "error Option '--format <format>' argument 'jsn' is invalid. It is one of text, json, sarif, github, junit, markdown.\n",
    ],
    [
      ['--max-warnings', 'few'],
      "error Option '--max-warnings <number>' argument 'few' is invalid. It is a whole number, 0 or more.\n",
    ],
    [['--unsafe'], 'error --unsafe needs --fix.\n  → Add --fix, or leave it out.\n'],
    [['--dry-run'], 'error --dry-run needs --fix.\n  → Add --fix, or leave it out.\n'],
    [['--fix', '--rev', 'HEAD'], 'error --fix and --rev do not go together.\n  → Leave out one of the two.\n'],
    [
      ['--fix', '--stdin-file', 'x'],
      'error --fix and --stdin-file do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', '--fix', '--dry-run'],
      'error --update-baseline and --dry-run do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', '--rev', 'HEAD'],
      'error --update-baseline and --rev do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', 'packs'],
      'error --update-baseline and paths do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', '--since', 'x'],
      'error --update-baseline and --since do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', '--no-baseline'],
      'error --update-baseline and --no-baseline do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['--update-baseline', '--stdin-file', 'x'],
      'error --update-baseline and --stdin-file do not go together.\n  → Leave out one of the two.\n',
    ],
    [
      ['docs'],
      'error docs is no pack, lies in none and holds none.\n  → Name a folder of packs; "packs" in registry.yaml says where they are.\n',
    ],
  ])('%j', async (args, message) => {
    const { status, stderr, stdout } = await check(await repositoryWith(), ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.slice(message.length)).toMatch(/^(?: {2}→ .*Run packyard check --help to see what it takes\.\n)?$/u);
  });
});
