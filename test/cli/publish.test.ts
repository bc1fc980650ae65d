import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scrub } from '../helpers/cli.ts';
import { builtCommits, type BuiltCommits } from '../helpers/published-commits.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';

let commits: BuiltCommits;
let base: string;

beforeEach(async () => {
  commits = await builtCommits(2);
  base = await scratch();
  vi.stubEnv('PACKYARD_CACHE_DIR', join(base, 'cache'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

async function run(...args: readonly string[]): Promise<{ status: ExitCode; out: string; err: string }> {
  const terminal = recordedTerminal();
  const repo = args.includes('--repo') ? [] : ['--repo', base];
  const status = await runProgram(['publish', ...args, ...repo], terminal);
  const plain = (text: string): string =>
    scrub(text, { base })
      .replace(/http:\/\/[\d.:]+/gu, '<host>')
      .replace(/[\d.]+ (?:KiB|MiB|bytes)\b/gu, '<size>');
  return { status, out: plain(terminal.printed.out), err: plain(terminal.printed.err) };
}

const from = (number: number): readonly string[] => ['--from', commits.folders[number] ?? ''];

describe('packyard publish', () => {
  test('to a folder: plan, first, next, an older one, and back', async () => {
    const site = join(base, 'site');
    expect(await run(site, ...from(0), '--dry-run')).toMatchSnapshot('plan');
    expect(existsSync(site)).toBe(false);
    expect(await run(site, ...from(0))).toMatchSnapshot('first');
    expect(await run(site, ...from(0))).toMatchSnapshot('again');
    expect(await run(site, ...from(1), '--prune')).toMatchSnapshot('next');
    expect(await run(site, ...from(0))).toMatchSnapshot('older');
    expect(await run(site, '--rollback', '1')).toMatchSnapshot('back');
    expect(await run(site, ...from(1), '--quiet')).toEqual({ status: 0, out: '', err: '' });
  });

  test('as JSON', async () => {
    const { status, out, err } = await run(join(base, 'site'), ...from(0), '--json');
    const { plan, ...rest } = JSON.parse(out) as { plan: Record<string, unknown> };
    expect({ status, err, ...rest, plan: Object.keys(plan) }).toMatchSnapshot();
  });

  test('looks at the address of readers: 1 where they do not get it', async () => {
    const site = join(base, 'site');
    const host = await staticHost(site);
    expect(await run(site, ...from(0), '--url', host.url)).toMatchSnapshot('sound');
    const elsewhere = await staticHost(join(base, 'elsewhere'));
    expect(await run(site, ...from(1), '--url', elsewhere.url, '--wait', '0s')).toMatchSnapshot('missing');
    expect(await run(site, ...from(1), '--url', elsewhere.url, '--no-probe')).toMatchObject({ status: 0 });
  });

  test('what a place may hold comes from --limit, or from registry.yaml', async () => {
    const site = join(base, 'site');
    expect(await run(site, ...from(0), '--limit', '1kB')).toMatchSnapshot('limit');
    writeFileSync(join(base, 'registry.yaml'), 'limits: { site: 2 kB }\n');
    expect(await run(site, ...from(0))).toMatchObject({ status: 1, err: expect.stringContaining('may hold <size>') });
    expect(await run(site, ...from(0), '--limit', '1GB')).toMatchObject({ status: 0 });
  });

  test('a damaged folder ends with 3, one without a registry with 2', async () => {
    const [folder = ''] = commits.folders;
    writeFileSync(join(folder, 'packs/pack-1/1.0.0/README.md'), '# pack-2\n');
    expect(await run(join(base, 'site'), ...from(0))).toMatchObject({ status: 3 });
    rmSync(folder, { recursive: true });
    expect(await run(join(base, 'site'), '--from', join(base, 'nothing'))).toMatchSnapshot();
  });

  test.each([
    [[]],
    [['']],
    [['https://packs.example.org']],
    [['ftp://packs.example.org/x']],
    [['site', '--keep', '7d']],
    [['site', '--prune', '--keep', '10m']],
    [['site', '--prune', '--keep', 'soon']],
    [['site', '--limit', 'much']],
    [['site', '--concurrency', '0']],
    [['site', '--remote', 'origin']],
    [['site', '--branch', 'gh-pages']],
    [['site', '--squash']],
    [['site', '--endpoint', 'http://localhost:9000']],
    [['site', '--rollback', '1', '--prune']],
    [['site', '--wait', '10s']],
    [['--pages']],
    [['site', '--pages', '--rollback', '1']],
    [['site', '--url', 'packs.example.org']],
  ])('what does not go together: %j', async (args) => {
    expect(await run(...args, ...from(0))).toMatchSnapshot();
  });

  test('says with which command one goes back, where the repository is named', async () => {
    const { repository } = commits;
    const remote = join(base, 'remote.git');
    repository.git('init', '-q', '--bare', remote);
    repository.git('remote', 'add', 'packs', remote);
    const place = ['--branch', 'gh-pages', '--remote', 'packs', '--squash', '--repo', repository.path];
    expect(await run(...from(0), ...place)).toMatchObject({ status: 0 });
    const { out } = await run(...from(1), ...place);
    expect(out.replace(repository.path, '<repository>')).toContain(
      '  To go back to serial 1: packyard publish --branch gh-pages --repo <repository> --remote packs --squash --rollback 1\n',
    );
  });

  test('prepares a folder for GitHub Pages', async () => {
    const site = join(base, 'site');
    expect(await run(site, '--pages', ...from(0), '--dry-run')).toMatchSnapshot('plan');
    expect(await run(site, '--pages', ...from(0))).toMatchSnapshot('done');
    expect(readFileSync(join(site, 'index.json'), 'utf8')).toBe(
      readFileSync(join(commits.folders[0] ?? '', 'index.json'), 'utf8'),
    );
    expect(await run(join(base, 'other'), '--pages', ...from(0), '--json')).toMatchObject({ status: 0 });
  });
});
