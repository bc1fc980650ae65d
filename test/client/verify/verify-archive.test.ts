import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyArchive, type ArchiveVerification } from '../../../src/client/verify/verify-archive.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { builtRegistry, flipped, written } from './built-registry.ts';

const PATH = 'packs/beta/1.0.0/beta-1.0.0.tar.gz';

async function archive(): Promise<Buffer> {
  return (await builtRegistry()).get(PATH) ?? Buffer.alloc(0);
}

async function verified(bytes: Uint8Array, compare = false): Promise<ArchiveVerification> {
  const file = join(await scratch(), 'beta-1.0.0.tar.gz');
  writeFileSync(file, bytes);
  if (!compare) return verifyArchive(file);
  return verifyArchive(file, { registry: await openRegistry(await written(await builtRegistry()), { cache: false }) });
}

/** As Packyard's own are: without name and time. */
function packed(tar: Buffer): Buffer {
  return gzipSync(tar, { level: 9 });
}

function lines({ findings }: ArchiveVerification): string[] {
  return findings.map(({ severity, kind, path, place, message }) =>
    `${severity} ${kind}: ${path}${place === undefined ? '' : ` ${place}`} ${message}`.replace(
      /[0-9a-f]{64}/gu,
      '<sha256>',
    ),
  );
}

test('a published archive is what was published', async () => {
  const bytes = await archive();
  const result = await verified(bytes, true);
  expect(result).toMatchObject({
    ok: true,
    findings: [],
    name: 'beta',
    version: '1.0.0',
    sha256: sha256Of(bytes),
    bytes: bytes.length,
  });
  expect(result.registry).toBeDefined();
});

test('without a registry it is only looked at', async () => {
  const result = await verified(await archive());
  expect(result).toMatchObject({ ok: true, findings: [], name: 'beta', version: '1.0.0' });
  expect(result.registry).toBeUndefined();
});

test('one that was compressed otherwise is a warning', async () => {
  const result = await verified(packed(gunzipSync(await archive())), true);
  expect(result.ok).toBe(true);
  expect(lines(result)).toEqual([
    'warning recompressed: beta-1.0.0.tar.gz holds what was published, compressed otherwise',
  ]);
});

test('one with other content is found, though it is whole', async () => {
  const tar = gunzipSync(await archive());
  tar.write('namespace: evil', tar.indexOf('namespace: demo'), 'latin1');
  expect(await verified(packed(tar))).toMatchObject({ ok: true });
  expect(lines(await verified(packed(tar), true))).toEqual([
    'error content: beta-1.0.0.tar.gz holds another tar than was published: its SHA-256 is <sha256>, not <sha256>',
    'error hash: beta-1.0.0.tar.gz has other bytes than were published: their SHA-256 is <sha256>, not <sha256>',
  ]);
});

test('one whose folder is not what its pack.json says', async () => {
  const tar = gunzipSync(await archive());
  tar.write('"version": "1.0.1"', tar.indexOf('"version": "1.0.0"'), 'latin1');
  const result = await verified(packed(tar), true);
  expect(result.registry).toBeUndefined();
  expect(lines(result)).toEqual([
    'error identity: beta-1.0.0.tar.gz pack.json is of "beta-1.0.1", though the folder of the archive is "beta-1.0.0"',
  ]);
});

describe('what is no archive of a pack', () => {
  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['an empty file', () => Buffer.alloc(0), 'it is empty'],
    ['a text', () => Buffer.from('no archive'), 'it is not a gzip'],
    ['one that is cut off', (bytes) => bytes.subarray(0, -20), 'it is cut off'],
    [
      'one with something behind it',
      (bytes) => Buffer.concat([bytes, bytes]),
      'there is something behind the end of its gzip',
    ],
    ['a gzip of a text', () => packed(Buffer.from('text')), 'there is no tar in it'],
  ])('%s', async (_name, change, reason) => {
    const result = await verified(change(await archive()), true);
    expect(result.ok).toBe(false);
    expect(lines(result)).toEqual([`error archive: beta-1.0.0.tar.gz is no archive of a pack: ${reason}`]);
  });
});

test('any flipped bit is found', async () => {
  const bytes = await archive();
  const file = join(await scratch(), 'flipped.tar.gz');
  const registry = await openRegistry(await written(await builtRegistry()), { cache: false });
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      writeFileSync(file, flipped(bytes, at, bit));
      const { findings } = await verifyArchive(file, { registry });
      expect(findings).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('it says why it cannot read', async () => {
  const folder = await scratch();
  const none = await failureOf(verifyArchive(join(folder, 'none.tar.gz')));
  expect(none).toEqual({
    code: 'usage',
    message: `${join(folder, 'none.tar.gz')} cannot be read (ENOENT).`,
    hint: 'Name the archive of a pack, as in nginx-1.3.1.tar.gz.',
  });
  mkdirSync(join(folder, 'folder'));
  expect((await failureOf(verifyArchive(join(folder, 'folder')))).message).toBe(
    `${join(folder, 'folder')} is not a file.`,
  );
});

test('a release that the registry does not have', async () => {
  const tar = gunzipSync(await archive());
  const other = Buffer.from(tar.toString('latin1').replaceAll('1.0.0', '1.0.9'), 'latin1');
  // Headers have checksums: each grew by nine for every path in it.
  for (let at = 0; at + 512 <= other.length; at += 512) {
    if (other.toString('latin1', at + 257, at + 262) === 'ustar') checksum(other.subarray(at, at + 512));
  }
  expect((await failureOf(verified(packed(other), true))).code).toBe('no-version');
});

function checksum(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
