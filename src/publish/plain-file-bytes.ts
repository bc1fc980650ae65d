import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

import { systemCode } from '../errors.ts';
import { formatBytes } from '../model/format-bytes.ts';
import type { DirectoryPaths } from './directory-paths.ts';

/** Neither follows a link nor waits for somebody to write into a pipe, where the system knows how. */
const FLAGS = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  return (constants as Partial<Record<typeof name, number>>)[name] ?? 0;
}

/**
 * The bytes of a file in a folder that is published to; undefined where there is none. Throws `output-foreign` where it
 * is a pipe, lies behind a link, or is larger than `maxBytes`, and what the system says.
 */
export function plainFileBytes(paths: DirectoryPaths, path: string, maxBytes: number): Uint8Array | undefined {
  paths.requireInside(path);
  paths.requireNoLinks(path);
  let file: number | undefined;
  try {
    file = openSync(paths.full(path), FLAGS);
    const stats = fstatSync(file);
    if (!stats.isFile() && !stats.isDirectory()) throw paths.refused(path, 'is a special file');
    if (stats.size > maxBytes) throw paths.refused(path, `is larger than ${formatBytes(maxBytes)}`);
    return readFileSync(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
