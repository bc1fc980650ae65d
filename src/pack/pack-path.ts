import { posix } from 'node:path';

/** A path that `pack.json` names, as the pack's files are named; undefined when it leads out of the pack. */
export function pathInPack(path: string): string | undefined {
  if (path === '' || path.includes('\\') || path.includes('\0') || posix.isAbsolute(path) || /^[A-Za-z]:/u.test(path))
    return undefined;
  const normal = posix.normalize(path).replace(/\/$/u, '');
  return normal === '..' || normal.startsWith('../') ? undefined : normal;
}
