import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { ArchiveLimits } from '../../../src/client/unpack/archive-limits.ts';
import { installPack } from '../../../src/client/unpack/install-pack.ts';
import { readArchive } from '../../../src/client/unpack/read-archive.ts';
import { unpack } from '../../../src/client/unpack/unpack.ts';
import { failureOf, type Failure } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { inChunks, ROOT } from './hostile-tar.ts';
import { everythingIn, makeSurroundings } from './surroundings.ts';

export interface HostileArchive {
  /** What is hostile about it. */
  readonly name: string;
  /** Its bytes; it may aim at the folder in which everything happens. */
  readonly archive: Buffer | ((folder: string) => Buffer);
  /** What the message says behind `is refused: `. */
  readonly reason: string;
  readonly contentSha256?: string;
  readonly limits?: Partial<ArchiveLimits>;
}

/** The parts of a case in the order in which most are written. */
export function hostile(name: string, archive: HostileArchive['archive'], reason: string): HostileArchive {
  return { name, archive, reason };
}

const HINT = 'Nothing of it was kept. Packyard builds no such archive: tell those who run the registry.';

/**
 * Every archive of a table is refused with its message, whether it is read, unpacked, or installed where something is
 * already, in chunks that cut through everything; and nothing around the target changes by a byte.
 */
export function refuses(title: string, table: readonly HostileArchive[]): void {
  describe(title, () => {
    test('has a name for each case', () => {
      expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
    });

    test.each(table)('$name', async ({ archive, reason, ...given }) => {
      const folder = await scratch();
      makeSurroundings(folder);
      const before = everythingIn(folder);
      const bytes = typeof archive === 'function' ? archive(folder) : archive;
      const options = { root: ROOT, ...given };
      const expected: Failure = {
        code: 'archive-refused',
        message: `The archive of ${ROOT} is refused: ${reason.replaceAll('FOLDER', folder)}.`,
        hint: HINT,
      };
      const [home, chunks] = [join(folder, 'home'), () => inChunks(bytes)];
      expect(await failureOf(readArchive(chunks(), options))).toEqual(expected);
      expect(await failureOf(unpack(chunks(), join(home, 'packs', ROOT), options))).toEqual(expected);
      expect(await failureOf(unpack(inChunks(bytes, 65_536), join(home, 'new', 'packs', ROOT), options))).toEqual(
        expected,
      );
      expect(await failureOf(installPack(chunks(), join(home, 'installed'), options))).toEqual(expected);
      const forced = { ...options, force: true, directory: folder };
      expect(await failureOf(installPack(chunks(), join(home, 'installed'), forced))).toEqual(expected);
      expect(everythingIn(folder)).toEqual(before);
    });
  });
}
