import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scrub } from '../helpers/cli.ts';
import { packsRegistry } from '../helpers/packs-registry.ts';
import { writePublished, type PublishedFiles } from '../helpers/published-registry.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { registryHost } from '../helpers/registry-host.ts';
import { scratch } from '../helpers/scratch.ts';

const YANKED = { state: 'yanked', reason: 'It loses data.', at: '2026-05-01', replacement: '1.3.1' } as const;
const DEPRECATED = { state: 'deprecated', reason: 'Too old', replacement: 'nginx@1.3.1' } as const;
const PACKS = {
  nginx: [{ version: '1.4.0', status: YANKED }, '1.3.1', '1.2.0'],
  redis: ['7.0.0'],
  old: [{ version: '1.0.0', status: DEPRECATED }],
};

interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

let work: string;
let registry: string;

beforeEach(async () => {
  work = realpathSync(await scratch());
  registry = realpathSync(await scratch());
  writePublished(packsRegistry(PACKS), registry);
  vi.spyOn(process, 'cwd').mockReturnValue(work);
  vi.stubEnv('PACKYARD_REGISTRY', registry);
  vi.stubEnv('PACKYARD_CACHE_DIR', join(await scratch(), 'cache'));
  vi.stubEnv('PACKYARD_CONFIG_DIR', await scratch());
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function run(...args: string[]): Promise<Run> {
  const terminal = recordedTerminal();
  const status = await runProgram(['pull', ...args], terminal);
  // Compressed bytes differ between builds of zlib.
  const plain = (text: string): string => scrub(text, { work, registry }).replace(/\b\d+ bytes/gu, 'N bytes');
  return { status, out: plain(terminal.printed.out), err: plain(terminal.printed.err) };
}

async function packed(): Promise<PublishedFiles> {
  return packsRegistry(PACKS);
}

test('says what is where, and what to do next', async () => {
  expect(await run('nginx', '--to', work)).toEqual({
    status: 0,
    out:
      'nginx 1.3.1  → nginx-1.3.1/  N bytes\n' +
      'Next: look at nginx-1.3.1/values.yaml; "packyard verify nginx-1.3.1" tells whether it is still as it was published.\n',
    err: '',
  });
  expect(readFileSync(join(work, 'nginx-1.3.1', 'values.yaml'), 'utf8')).toBe('pack: nginx 1.3.1\n');
  expect(await run('nginx', '--to', work)).toMatchObject({
    status: 0,
    out: 'nginx 1.3.1  = unchanged nginx-1.3.1/  N bytes\n',
  });
});

test('many at once, into a folder that is named last', async () => {
  const { status, out } = await run('redis', 'nginx@1.2.x', 'nginx', join(work, 'a b'));
  expect(status).toBe(0);
  expect(out).toBe(
    'redis 7.0.0  → a b/redis-7.0.0/  N bytes\n' +
      'nginx 1.2.0  → a b/nginx-1.2.0/  N bytes\n' +
      'nginx 1.3.1  → a b/nginx-1.3.1/  N bytes\n' +
      "Next: look at 'a b/redis-7.0.0/values.yaml'; " +
      '"packyard verify \'a b/redis-7.0.0\'" tells whether that one is still as it was published.\n',
  );
});

test('archives', async () => {
  const { status, out } = await run('nginx', '--archive', '--to', work);
  expect([status, out]).toEqual([
    0,
    'nginx 1.3.1  → nginx-1.3.1.tar.gz  N bytes\n' +
      'Next: "packyard verify nginx-1.3.1.tar.gz" tells whether it is still as it was published.\n',
  ]);
  const archive = (await packed()).get('packs/nginx/1.3.1/nginx-1.3.1.tar.gz');
  expect(readFileSync(join(work, 'nginx-1.3.1.tar.gz'))).toEqual(archive);
});

test('changed files are not overwritten without --force', async () => {
  await run('nginx', '--to', work);
  writeFileSync(join(work, 'nginx-1.3.1', 'values.yaml'), 'mine\n');
  expect(await run('nginx', '--to', work)).toEqual({
    status: 1,
    out: '',
    err:
      'error <work>/nginx-1.3.1 is not what nginx-1.3.1 holds, and was left as it is: changed values.yaml.\n' +
      '  → Move your changes to another place, or replace them with --force.\n',
  });
  expect(await run('nginx', '--to', work, '--force')).toMatchObject({
    status: 0,
    out: expect.stringContaining('nginx 1.3.1  → replaced nginx-1.3.1/') as string,
  });
});

describe('what is withdrawn', () => {
  test('is refused, and taken where it is allowed', async () => {
    expect(await run('nginx@1.4.0', '--to', work)).toEqual({
      status: 1,
      out: '',
      err:
        'error nginx 1.4.0 is yanked since 2026-05-01: It loses data.\n' +
        '  → Use nginx@1.3.1 instead. To take it all the same, add --allow-yanked.\n',
    });
    const { status, err } = await run('nginx@1.4.0', '--allow-yanked', '--to', work);
    expect([status, err]).toEqual([
      0,
      'warning nginx 1.4.0 is yanked since 2026-05-01: It loses data.\n  → Use nginx@1.3.1 instead.\n',
    ]);
  });

  test('by its reason and replacement, where it is deprecated only', async () => {
    const { status, err } = await run('old', '--to', work);
    expect([status, err]).toEqual([0, 'warning old 1.0.0 is deprecated: Too old.\n  → Use nginx@1.3.1 instead.\n']);
  });
});

test('--min-age', async () => {
  expect(await run('nginx', '--min-age', '9999w', '--to', work)).toMatchObject({
    status: 1,
    out: '',
    err: expect.stringMatching(
      /^error No release that "nginx" means is at least 69993 days old: nginx 1\.3\.1 was published \d+ days? ago\.\n/u,
    ) as string,
  });
  expect(await run('nginx', '--min-age', '3 days', '--to', work)).toMatchObject({ status: 2 });
  expect(readdirSync(work)).toEqual([]);
});

test('--dry-run says where everything would go, and fetches nothing', async () => {
  mkdirSync(join(work, 'redis-7.0.0'));
  const host = await registryHost({ files: await packed() });
  const { status, out, err } = await run('nginx', 'redis', 'nope', '--dry-run', '--to', work, '--registry', host.url);
  expect([status, out]).toEqual([
    1,
    'nginx 1.3.1  → nginx-1.3.1/                               N bytes\n' +
      'redis 7.0.0  → redis-7.0.0/ (something is there already)  N bytes\n' +
      'Would pull 2 packs, N bytes; nothing was fetched.\n',
  ]);
  expect(err).toContain('has no pack "nope"');
  expect(host.asked().filter((path) => path.endsWith('.tar.gz'))).toEqual([]);
  expect(readdirSync(work)).toEqual(['redis-7.0.0']);
});

describe('failures', () => {
  test('do not stop the others; the status is the worst, and each is said once', async () => {
    const files = await packed();
    files.set('packs/redis/7.0.0/redis-7.0.0.tar.gz', Buffer.alloc(154));
    writePublished(files, registry);
    const { status, out, err } = await run('nope', 'redis', 'nginx@1.4.0', 'nginx', '--to', work);
    expect(status).toBe(3);
    expect(out).toMatch(/^nginx 1\.3\.1 {2}→ nginx-1\.3\.1\/ /u);
    expect(err.split('\n').filter((line) => line.startsWith('error'))).toHaveLength(3);
    expect(err).toContain('\n3 packs were not pulled: nope, nginx@1.4.0, redis\n');
    expect(readdirSync(work)).toEqual(['nginx-1.3.1']);
  });

  test('of the whole registry are said once', async () => {
    const host = await registryHost({ files: new Map() });
    const { status, err } = await run('nginx', 'redis', '--to', work, '--registry', host.url);
    expect(status).toBe(2);
    expect(err.split('\n').filter((line) => line.startsWith('error'))).toHaveLength(1);
    expect(err).toMatch(/\n2 packs were not pulled: nginx, redis\n$/u);
  });
});

describe('--json', () => {
  test('says all of it', async () => {
    const { status, out, err } = await run('nginx', 'old', 'nginx@1.4.0', '--json', '--to', work);
    expect(status).toBe(1);
    expect(err).toBe('warning old 1.0.0 is deprecated: Too old.\n  → Use nginx@1.3.1 instead.\n');
    expect(JSON.parse(out.replace(/"size": \d+/gu, '"size": 0'))).toMatchInlineSnapshot(`
      {
        "archive": false,
        "directory": "<work>",
        "dryRun": false,
        "failures": [
          {
            "error": {
              "code": "yanked",
              "hint": "Use nginx@1.3.1 instead. To take it all the same, add --allow-yanked.",
              "message": "nginx 1.4.0 is yanked since 2026-05-01: It loses data.",
            },
            "references": [
              "nginx@1.4.0",
            ],
          },
        ],
        "format": "packyard-pull/1",
        "packs": [
          {
            "contentSha256": "<sha256>",
            "name": "nginx",
            "outcome": "created",
            "references": [
              "nginx",
            ],
            "sha256": "<sha256>",
            "size": 0,
            "target": "<work>/nginx-1.3.1",
            "version": "1.3.1",
            "warnings": [],
          },
          {
            "contentSha256": "<sha256>",
            "name": "old",
            "outcome": "created",
            "references": [
              "old",
            ],
            "sha256": "<sha256>",
            "size": 0,
            "target": "<work>/old-1.0.0",
            "version": "1.0.0",
            "warnings": [
              {
                "code": "deprecated",
                "hint": "Use nginx@1.3.1 instead.",
                "message": "old 1.0.0 is deprecated: Too old.",
              },
            ],
          },
        ],
      }
    `);
  });

  test('of a plan', async () => {
    const { status, out } = await run('nginx', '--json', '--dry-run', '--to', work);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'packyard-pull/1',
      dryRun: true,
      directory: '<work>',
      packs: [{ name: 'nginx', version: '1.3.1', target: '<work>/nginx-1.3.1', exists: false }],
      failures: [],
    });
  });
});

test('--quiet says errors only', async () => {
  expect(await run('old', 'nginx', '--quiet', '--to', work)).toEqual({ status: 0, out: '', err: '' });
  expect(await run('nope', '--quiet', '--to', work)).toMatchObject({ status: 1, out: '' });
});

describe('usage', () => {
  test.each([
    [[], 'error No pack is named.\n'],
    [['./packs'], 'error "./packs" is a folder, and no pack is named.\n'],
    [['nginx@'], 'error Behind "nginx@" there is no version.\n'],
    [['nginx', '--locked', '--min-age', '3d'], 'error --min-age and --locked do not go together'],
    [['nginx@1.x', '--locked'], 'error "nginx@1.x" names a version, and packyard.lock pins one already.\n'],
    [['--locked'], 'error There is no packyard.json in <work>'],
  ])('%j', async (args, message) => {
    const { status, err } = await run(...args);
    expect(status).toBe(2);
    expect(err.startsWith(message)).toBe(true);
  });

  test('help has examples and the rule about folders', async () => {
    const { status, out } = await run('--help');
    expect(status).toBe(0);
    expect(out).toContain('Usage: packyard pull [options] NAME[@SELECTOR|:TAG|@sha256:…]… [DIR]');
    expect(out).toContain('packyard pull nginx@1.x redis ./packs');
    expect(out).toContain('A bare word is always a pack.');
  });
});
