import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { PackFile } from '../../src/pack/pack.ts';

const FOLDER = fileURLToPath(new URL('../../packs/', import.meta.url));

/** The files of every example pack, by path; packs are in the order of their names. */
export function examplePacks(): ReadonlyMap<string, PackFile>[] {
  const names = readdirSync(FOLDER).filter((name) => !name.startsWith('.'));
  return names.toSorted().map((name) => {
    const folder = join(FOLDER, name);
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    return new Map(
      paths.toSorted().map((path) => [path, { path, executable: false, data: readFileSync(join(folder, path)) }]),
    );
  });
}
