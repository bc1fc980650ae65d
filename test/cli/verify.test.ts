import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { unpack } from '../../src/client/unpack/unpack.ts';
import type { ExitCode } from '../../src/cli/exit-code.ts';
import { runProgram } from '../../src/cli/program.ts';
import { builtRegistry, written } from '../client/verify/built-registry.ts';
import { scrub } from '../helpers/cli.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';

interface Run {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  const home = await scratch();
  withEnvironment({ PACKYARD_CACHE_DIR: home, XDG_CONFIG_HOME: home, PACKYARD_REGISTRY: undefined, HOME: home });
  const terminal = recordedTerminal();
  const status = await runProgram(['verify', ...args], terminal);
  return { status, ...terminal.printed };
}

const ARCHIVE = 'packs/alpha/1.1.0/alpha-1.1.0.tar.gz';

async function published(): Promise<{ registry: string; pack: string; archive: string }> {
  const files = await builtRegistry();
  const registry = await written(files);
  const pack = join(await scratch(), 'alpha-1.1.0');
  const bytes = files.get(ARCHIVE) ?? Buffer.alloc(0);
  await unpack(
    (async function* () {
      yield bytes;
    })(),
    pack,
    { root: 'alpha-1.1.0' },
  );
  return { registry, pack, archive: join(registry, ARCHIVE) };
}

function shown({ status, out, err }: Run, names: Readonly<Record<string, string>>): string {
  const text = scrub(`${status}\n${out}${err}`, names);
  return text.replace(/\d+(?:\.\d+)? (?:KiB|bytes)/gu, '<size>');
}

test('help has examples and says what the exit status means', async () => {
  const { status, out } = await run('--help');
  expect(status).toBe(0);
  expect(out).toContain('Usage: packyard verify [options] [DIR|FILE|URL|NAME]');
  expect(out).toContain('packyard verify public --shallow              its documents only, before it is published');
  expect(out).toContain('3  integrity or trust failure');
});

describe('of a registry', () => {
  test('that is sound', async () => {
    const { registry } = await published();
    expect(shown(await run(registry), { registry })).toMatchInlineSnapshot(`
      "0
      The registry at <registry> is sound: 2 packs, 4 releases, 45 files, <size>.
      "
    `);
    expect(await run(registry, '--quiet')).toEqual({ status: 0, out: '', err: '' });
    expect((await run(registry, '--shallow', '--packs', 'beta', '--concurrency', '2')).out).toContain(
      '1 pack, 1 release,',
    );
  });

  test('that is not', async () => {
    const { registry, archive } = await published();
    rmSync(archive);
    appendFileSync(join(registry, 'search.json'), ' ');
    writeFileSync(join(registry, 'packs/alpha/\u001b[31m'), '');
    const result = await run(registry);
    expect(shown(result, { registry })).toMatchInlineSnapshot(`
      "3
      warning packs/alpha/\\u001b[31m is not part of the registry: nothing leads to it
      error packs/alpha/1.1.0/alpha-1.1.0.tar.gz does not exist, though a document leads to it
      error search.json is not the same as search/<sha256>.json: its SHA-256 is <sha256>

      The registry at <registry> is not sound: 2 errors, 1 warning in 2 packs, 4 releases, 44 files, <size>.
      → Build and publish it anew from its repository, or tell those who run it. Clients refuse what is damaged.
      "
    `);
    expect((await run(registry, '--quiet')).out.split('\n')).toHaveLength(3);
  });

  test('as JSON', async () => {
    const { registry, archive } = await published();
    rmSync(archive);
    const { status, out, err } = await run(registry, '--json');
    expect({ status, err }).toEqual({ status: 3, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      format: 'packyard-verification/1',
      kind: 'registry',
      ok: false,
      findings: [
        {
          kind: 'missing',
          severity: 'error',
          path: ARCHIVE,
          message: 'does not exist, though a document leads to it',
        },
      ],
      packs: 2,
      releases: 4,
    });
  });
});

describe('of an unpacked pack', () => {
  test('that is what was published', async () => {
    const { registry, pack } = await published();
    expect(shown(await run(pack, '--registry', registry), { registry, pack })).toMatchInlineSnapshot(`
      "0
      <pack> is alpha 1.1.0 as published at <registry>: 4 files, <size>.
      alpha 1.1.0 is yanked: it is broken
      "
    `);
  });

  test('that was changed', async () => {
    const { registry, pack } = await published();
    appendFileSync(join(pack, 'values.yaml'), '#');
    expect(shown(await run(pack, '-r', registry), { registry, pack, parent: dirname(pack) })).toMatchInlineSnapshot(`
      "3
      error values.yaml has <size>, not the 24 of the release

      <pack> is not alpha 1.1.0: 1 error in 4 files, <size>.
      → Pull it anew: packyard pull alpha@1.1.0 --force --to <parent>
      alpha 1.1.0 is yanked: it is broken
      "
    `);
  });

  test('needs a registry', async () => {
    const { pack } = await published();
    const { status, err } = await run(pack);
    expect(status).toBe(2);
    expect(err).toContain('No registry is named, and none is the default.');
  });
});

describe('of an archive', () => {
  test('with a registry, without one, and offline', async () => {
    const { registry, archive } = await published();
    const compared = await run(archive, '--registry', registry);
    expect(shown(compared, { registry, archive })).toMatchInlineSnapshot(`
      "0
      <archive> is alpha 1.1.0 as published at <registry>: 4 files, <size>.
      alpha 1.1.0 is yanked: it is broken
      "
    `);
    expect(shown(await run(archive), { registry, archive })).toMatchInlineSnapshot(`
      "0
      <archive> is a whole archive of alpha 1.1.0: 4 files, <size>.
      It was not compared with a release, because no registry was asked. Name one with --registry.
      "
    `);
    const offline = await run(archive, '--offline', '--registry', 'https://packs.example.com');
    expect(offline.status).toBe(0);
    expect(offline.out).toContain('It was not compared with a release');
  });

  test('that is none', async () => {
    const file = join(await scratch(), 'text.tar.gz');
    writeFileSync(file, 'text');
    expect(shown(await run(file), { file })).toMatchInlineSnapshot(`
      "3
      error text.tar.gz is no archive of a pack: it is not a gzip

      <file> is not sound: 1 error.
      → Do not use it; pull it anew: packyard pull NAME@VERSION --archive --force
      "
    `);
  });
});

describe('it says why it cannot run', () => {
  test('with flags that do not fit', async () => {
    const { registry, pack, archive } = await published();
    const error = async (...args: string[]): Promise<string> => {
      const { status, err } = await run(...args);
      expect(status).toBe(2);
      return scrub(err, { registry, pack, archive });
    };
    expect(await error(registry, '--fresh', '--resume')).toMatchInlineSnapshot(`
      "error --fresh and --resume say the opposite.
        → Leave one of them out.
      "
    `);
    expect(await error(registry, '--offline')).toMatchInlineSnapshot(`
      "error A registry is verified where it is, and not from the cache, so that --offline does not fit.
        → Leave --offline out; a registry in a folder asks nobody.
      "
    `);
    expect(await error(registry, '--concurrency', '0')).toMatchInlineSnapshot(`
      "error --concurrency is at least 1.
        → Leave it out for 8.
      "
    `);
    expect(await error(pack, '--shallow')).toMatchInlineSnapshot(`
      "error --shallow is for registries, and this is an unpacked pack.
        → Leave it out.
      "
    `);
    expect(await error(archive, '--packs', 'x')).toMatchInlineSnapshot(`
      "error --packs is for registries, and this is an archive.
        → Leave it out.
      "
    `);
  });

  test('with what is nothing', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'empty'));
    const { status, err } = await run(join(folder, 'empty'));
    expect(`${status} ${scrub(err, { folder })}`).toMatchInlineSnapshot(`
      "2 error <folder>/empty holds neither the index.json of a registry nor the pack.json of a pack.
        → Name the folder of an unpacked pack, an archive of one, or a registry: its folder, its address or its name.
      "
    `);
    expect((await run(`nothing-${'x'.repeat(20)}`)).status).toBe(2);
  });
});

test('a bar on a terminal, and nothing of it left', async () => {
  const { registry } = await published();
  const home = await scratch();
  withEnvironment({ PACKYARD_CACHE_DIR: home, XDG_CONFIG_HOME: home, HOME: home });
  const terminal = { ...recordedTerminal(), interactive: true };
  let err = '';
  terminal.err = (text) => void (err += text);
  expect(await runProgram(['verify', registry], terminal)).toBe(0);
  // eslint-disable-next-line no-control-regex
  expect(err).toMatch(/\u001b\[2K█{24} 4\/4 releases, [0-9.]+ KiB (?:alpha|beta)\r\u001b\[2K$/u);
});
