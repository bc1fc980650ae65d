import { appendFileSync, chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { unpack } from '../../../src/client/unpack/unpack.ts';
import { verifyPack, type PackVerification } from '../../../src/client/verify/verify-pack.ts';
import { filesOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';
import { builtRegistry, flipped, written, type RegistryTree } from './built-registry.ts';

interface Unpacked {
  readonly folder: string;
  readonly public: string;
  verify(): Promise<PackVerification>;
}

async function unpacked(name: string, version: string, files?: RegistryTree): Promise<Unpacked> {
  const all = files ?? (await builtRegistry());
  const folder = join(await scratch(), 'pack');
  const archive = all.get(`packs/${name}/${version}/${name}-${version}.tar.gz`) ?? Buffer.alloc(0);
  await unpack(chunks(archive), folder, { root: `${name}-${version}` });
  const location = await written(all);
  const registry = await openRegistry(location, { cache: false });
  return { folder, public: location, verify: () => verifyPack(folder, registry) };
}

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function lines({ findings }: PackVerification): string[] {
  return findings.map(({ severity, kind, path, message }) => `${severity} ${kind}: ${path} ${message}`);
}

test('an unpacked pack is what was published', async () => {
  const pack = await unpacked('beta', '1.0.0');
  expect(await pack.verify()).toMatchObject({
    kind: 'pack',
    location: pack.folder,
    registry: pack.public,
    name: 'beta',
    version: '1.0.0',
    ok: true,
    findings: [],
    files: filesOf(pack.folder).length,
  });
});

test('the status of its release is told', async () => {
  const pack = await unpacked('alpha', '1.1.0');
  expect(await pack.verify()).toMatchObject({ ok: true, status: { state: 'yanked', reason: 'it is broken' } });
});

test('every difference is found', async () => {
  requirePosix('modes');
  const { folder, verify } = await unpacked('beta', '1.0.0');
  appendFileSync(join(folder, 'values.yaml'), '#');
  writeFileSync(join(folder, 'README.md'), '# beto\n');
  chmodSync(join(folder, 'files/run.sh'), 0o644);
  chmodSync(join(folder, 'pack.json'), 0o755);
  renameSync(join(folder, 'logo.png'), join(folder, 'logo.jpg'));
  writeFileSync(join(folder, '.DS_Store'), '');
  mkdirSync(join(folder, '.idea'));
  writeFileSync(join(folder, '.idea/x.xml'), '');
  mkdirSync(join(folder, 'more/deep'), { recursive: true });
  writeFileSync(join(folder, 'more/deep/file'), '');
  mkdirSync(join(folder, 'empty'));
  symlinkSync('/etc/passwd', join(folder, 'files/link'));
  const result = await verify();
  expect(result.ok).toBe(false);
  expect(lines(result).map((line) => line.replace(/[0-9a-f]{64}/gu, '<sha256>'))).toEqual([
    'warning junk: .DS_Store is not in the release, as what systems and editors leave behind',
    'warning junk: .idea is a folder that is not in the release, as what systems and editors leave behind',
    'error changed: README.md has other bytes than were published: their SHA-256 is <sha256>, not <sha256>',
    'error extra: files/link is a link that is not in the release',
    'error executable: files/run.sh is not executable; in the release it is executable',
    'error extra: logo.jpg is not in the release',
    'error missing: logo.png is in the release, and not here',
    'error extra: more is a folder that is not in the release',
    'error executable: pack.json is executable; in the release it is not executable',
    'error changed: values.yaml has 25 bytes, not the 24 of the release',
  ]);
});

test('what a .packignore names is no excuse', async () => {
  const { folder, verify } = await unpacked('beta', '1.0.0');
  writeFileSync(join(folder, '.packignore'), 'evil.yaml\n');
  writeFileSync(join(folder, 'evil.yaml'), '');
  expect(lines(await verify())).toEqual([
    'warning junk: .packignore is not in the release, as what systems and editors leave behind',
    'error extra: evil.yaml is not in the release',
  ]);
});

test('a link, a folder or nothing in the place of a file', async () => {
  const { folder, verify } = await unpacked('beta', '1.0.0');
  for (const path of ['values.yaml', 'README.md', 'files']) rmSync(join(folder, path), { recursive: true });
  symlinkSync('/etc/passwd', join(folder, 'values.yaml'));
  mkdirSync(join(folder, 'README.md'));
  writeFileSync(join(folder, 'README.md/x'), '');
  symlinkSync('/etc', join(folder, 'files'));
  expect(lines(await verify())).toEqual([
    'error not-a-file: README.md is a folder, where the release has a file',
    'error extra: files is a link that is not in the release',
    'error missing: files/run.sh is in the release, and not here',
    'error not-a-file: values.yaml is a link, where the release has a file',
  ]);
});

test('any flipped bit in a file is found', async () => {
  const { folder, verify } = await unpacked('beta', '1.0.0');
  const archive = filesOf(folder).filter((path) => path !== 'pack.json');
  const copy = join(await scratch(), 'copy');
  cpSync(folder, copy, { recursive: true });
  const { readFileSync } = await import('node:fs');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...archive), fc.nat(), fc.nat(7), async (path, at, bit) => {
      const bytes = readFileSync(join(copy, path));
      writeFileSync(join(folder, path), flipped(bytes, at % bytes.length, bit));
      const { findings } = await verify();
      writeFileSync(join(folder, path), bytes);
      expect(findings.map(({ kind, path: where }) => `${kind} ${where}`)).toEqual([`changed ${path}`]);
    }),
    { numRuns: 60 },
  );
});

describe('it says why it cannot compare', () => {
  test.each([
    [
      'no pack.json',
      null,
      /^It is not known which release to compare with: .*pack\.json cannot be read \(ENOENT\)\.$/u,
    ],
    ['one that is no JSON', '{', /pack\.json is not JSON\.$/u],
    ['one without a name', '{"version":"1"}', /pack\.json does not say the name and the version of a pack\.$/u],
    ['one that is null', 'null', /pack\.json does not say the name and the version of a pack\.$/u],
    ['a huge one', ' '.repeat(1_048_577), /pack\.json is larger than 1 MiB\.$/u],
  ])('with %s', async (_name, text, message) => {
    const { folder, verify } = await unpacked('beta', '1.0.0');
    if (text === null) rmSync(join(folder, 'pack.json'));
    else writeFileSync(join(folder, 'pack.json'), text);
    const failure = await failureOf(verify());
    expect(failure.code).toBe('unknown-release');
    expect(failure.message).toMatch(message);
    expect(failure.hint).toBe(
      'Name the folder of an unpacked pack, in which pack.json is whole; or pull the pack again.',
    );
  });

  test.each([
    ['a pack', '{"name":"bata","version":"1.0.0"}', 'unknown-pack'],
    ['a version', '{"name":"beta","version":"1.0.1"}', 'no-version'],
    ['a name of every object', '{"name":"__proto__","version":"1.0.1"}', 'unknown-pack'],
  ])('with %s that the registry does not have', async (_name, text, code) => {
    const { folder, verify } = await unpacked('beta', '1.0.0');
    writeFileSync(join(folder, 'pack.json'), text);
    expect((await failureOf(verify())).code).toBe(code);
  });

  test('with an archive that is damaged', async () => {
    const files = await builtRegistry();
    const pack = await unpacked('beta', '1.0.0', files);
    const path = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';
    writeFileSync(join(pack.public, path), flipped(files.get(path) ?? Buffer.alloc(0)));
    expect((await failureOf(pack.verify())).code).toBe('registry-damaged');
  });
});

test('a release may be named, where pack.json is damaged', async () => {
  const { folder, public: location } = await unpacked('beta', '1.0.0');
  writeFileSync(join(folder, 'pack.json'), '{');
  const registry = await openRegistry(location, { cache: false });
  const result = await verifyPack(folder, registry, { release: { name: 'beta', version: '1.0.0' } });
  expect(result.findings.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['changed pack.json']);
});
