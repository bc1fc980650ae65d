import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { Parser, type ReadEntry } from 'tar';
import { describe, expect, test } from 'vitest';

import { canonicalTar } from '../helpers/canonical-tar.ts';
import type { PackFile } from '../../src/pack/pack.ts';
import { scratch } from '../helpers/scratch.ts';

const ROOT = 'demo-1.0.0';
const MTIME = Date.UTC(1985, 9, 26, 8, 15);
/** Longer than ustar can hold, even divided. */
const LONG = `manifests/${'deep/'.repeat(50)}${'n'.repeat(120)}.yaml`;
/** As long as ustar can hold when it is divided at a slash, root included. */
const DIVIDED = `${'d'.repeat(76)}/${'f'.repeat(100)}`;

function file(path: string, data: string | Buffer = path, executable: boolean = false): PackFile {
  return { path, executable, data: Buffer.from(data) };
}

const FILES = [
  file('README.md', ''),
  file('block', 'x'.repeat(512)),
  file(DIVIDED),
  file(LONG),
  file('run.sh', '#!/bin/sh\n', true),
  file('žluťoučký/日本 🦊.txt'),
];

function tarOf(files: readonly PackFile[], root: string = ROOT): Buffer {
  return Buffer.concat(Array.from(canonicalTar(root, files), (chunk) => Buffer.from(chunk)));
}

function needsPax(path: string): boolean {
  return tarOf([file(path)]).toString('latin1', 156, 157) === 'x';
}

interface Extracted {
  readonly header: object;
  readonly path: string;
  readonly data: Buffer;
}

function entriesOf(tar: Buffer): Extracted[] {
  const entries: Extracted[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry(entry: ReadEntry) {
      const { path, mode, uid, gid, uname, gname, mtime, type, size } = entry;
      const chunks: Buffer[] = [];
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
      entry.on('end', () => {
        const header = { mode, uid, gid, uname, gname, mtime: mtime?.getTime(), type, size };
        entries.push({ path, header, data: Buffer.concat(chunks) });
      });
    },
  });
  parser.end(tar);
  return entries;
}

describe('the archive', () => {
  test('is these bytes', () => {
    const tar = tarOf([file('pack.json', '{}\n'), file('run.sh', '#!/bin/sh\n', true)]);
    expect(tar.length).toBe(6 * 512);
    expect(tar.toString('latin1', 0, 512).replaceAll(/\0+/gu, '|')).toBe(
      'demo-1.0.0/pack.json|000644 |000000 |000000 |0000000003 |3560116604 |012245 |0|ustar|00|000000 |000000 |',
    );
    expect(createHash('sha256').update(tar).digest('hex')).toBe(
      '6e299928a8a6def454c18b8afc0efa116aaf2ce335a1c2d25cfe02eecc5efcbe',
    );
  });

  test('has every file in the order given, with one owner and time, and nothing else', () => {
    const entries = entriesOf(tarOf(FILES));
    expect(entries.map(({ path }) => path)).toEqual(FILES.map(({ path }) => `${ROOT}/${path}`));
    const common = { uid: 0, gid: 0, uname: '', gname: '', mtime: MTIME, type: 'File' };
    for (const [index, { header, data }] of entries.entries()) {
      const wanted = FILES[index];
      const mode = wanted?.executable === true ? 0o755 : 0o644;
      expect(header).toEqual({ ...common, mode, size: wanted?.data.length });
      expect(data.equals(wanted?.data ?? Buffer.of(1))).toBe(true);
    }
  });

  test('pads files to blocks, and ends with two empty ones', () => {
    expect(tarOf([]).equals(Buffer.alloc(1024))).toBe(true);
    expect(tarOf([file('a', '')]).length).toBe(512 + 1024);
    expect(tarOf([file('a', 'x')]).length).toBe(1024 + 1024);
    expect(tarOf([file('a', 'x'.repeat(512))]).length).toBe(1024 + 1024);
    expect(tarOf([file('a', 'x'.repeat(513))]).length).toBe(1536 + 1024);
  });

  test('has PAX headers only where a path needs them', () => {
    expect([DIVIDED, 'README.md', 'd/'.repeat(60)].map(needsPax)).toEqual([false, false, false]);
    expect([LONG, 'ž', 'f'.repeat(101)].map(needsPax)).toEqual([true, true, true]);
  });

  test('does not depend on the order of properties, the chunks, the umask or the time zone', () => {
    const { path, data, executable } = file('run.sh', 'x'.repeat(1000), true);
    const before = { umask: process.umask(0o077), zone: process.env['TZ'] };
    try {
      process.env['TZ'] = 'Pacific/Kiritimati';
      const turned = tarOf([{ data, executable, path }]);
      process.umask(0);
      process.env['TZ'] = 'America/Los_Angeles';
      expect(turned.equals(tarOf([{ path, executable, data }]))).toBe(true);
    } finally {
      process.umask(before.umask);
      if (before.zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before.zone;
    }
  });

  test('comes in chunks of a quarter of a megabyte, however large the files are', () => {
    const many = Array.from({ length: 2000 }, (_, index) => file(`f${index}`, 'x'.repeat(600)));
    const sizes = [...canonicalTar(ROOT, many)].map((chunk) => chunk.length);
    expect(new Set(sizes.slice(0, -1))).toEqual(new Set([262_144]));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2000 * 1536 + 1024);
    const large = Array.from(canonicalTar(ROOT, [file('large', Buffer.alloc(1_000_000))]), (chunk) => chunk.length);
    expect(large).toEqual([262_144, 262_144, 262_144, 1_000_448 + 1536 - 3 * 262_144]);
  });
});

test('any files come back', () => {
  const name = fc
    .string({ unit: fc.constantFrom('a', 'B', '-', '.', 'ž', '日', '🦊', ' ', '\u0301'), minLength: 1, maxLength: 120 })
    .filter((each) => each !== '.' && each !== '..');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  const data = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes));
  const files = fc.uniqueArray(fc.record({ path, data, executable: fc.boolean() }), {
    minLength: 1,
    selector: (each) => each.path,
  });
  fc.assert(
    fc.property(files, (given) => {
      const entries = entriesOf(tarOf(given));
      expect(entries.map((entry) => [entry.path, entry.data.toString('hex')])).toEqual(
        given.map((each) => [`${ROOT}/${each.path}`, each.data.toString('hex')]),
      );
    }),
    { numRuns: 300 },
  );
});

for (const program of ['tar', 'bsdtar']) {
  const missing = spawnSync(program, ['--version']).error !== undefined;
  const title = missing ? `${program} reads it (skipped: ${program} is not installed)` : `${program} reads it`;

  describe.skipIf(missing)(title, () => {
    // Without these, GNU tar would show other than ASCII characters as escapes, and times in the zone of the machine.
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };

    test('lists every path', async () => {
      const archive = join(await scratch(), 'demo.tar');
      await writeFile(archive, tarOf(FILES));
      const listed = execFileSync(program, ['-tf', archive], { env, encoding: 'utf8' }).trimEnd().split('\n');
      expect(listed).toEqual(FILES.map(({ path }) => `${ROOT}/${path}`));
    });

    test('extracts every file with its mode and time', async () => {
      const folder = await scratch();
      const archive = join(folder, 'demo.tar');
      await writeFile(archive, tarOf(FILES));
      await mkdir(join(folder, 'out'));
      execFileSync(program, ['-xpf', archive, '-C', join(folder, 'out')], { env });
      for (const { path, data, executable } of FILES) {
        const extracted = join(folder, 'out', ROOT, path);
        const { mode, mtimeMs } = await stat(extracted);
        expect([path, mode & 0o777, mtimeMs]).toEqual([path, executable ? 0o755 : 0o644, MTIME]);
        expect((await readFile(extracted)).equals(data)).toBe(true);
      }
    });
  });
}
