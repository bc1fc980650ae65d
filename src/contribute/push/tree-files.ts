import { compareUtf8 } from '../../model/compare-utf8.ts';
import { IGNORE_FILE } from '../../pack/pack.ts';
import { junkFilter } from '../../pack/junk.ts';
import type { FileDifference } from './push-errors.ts';

/** Mode and object id of a file, by its path from some directory. */
export type TreeFiles = ReadonlyMap<string, string>;

/** What `git ls-tree -r -z` prints: `<mode> <type> <id>\t<path>\0`, again and again. */
export function treeFiles(listed: string): TreeFiles {
  const files = new Map<string, string>();
  for (const entry of listed.split('\0')) {
    const tab = entry.indexOf('\t');
    const [mode, , oid] = entry.slice(0, Math.max(0, tab)).split(' ');
    if (mode !== undefined && oid !== undefined) files.set(entry.slice(tab + 1), `${mode} ${oid}`);
  }
  return files;
}

/** What is different after, ordered by path; junk does not count, because it is never pushed. */
export function differencesOf(before: TreeFiles, after: TreeFiles): readonly FileDifference[] {
  const isJunk = junkFilter();
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => path === IGNORE_FILE || !isJunk(path),
  );
  return paths.toSorted(compareUtf8).flatMap((path): FileDifference[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [{ path, kind: 'added' }];
    return [{ path, kind: is === undefined ? 'removed' : 'changed' }];
  });
}
