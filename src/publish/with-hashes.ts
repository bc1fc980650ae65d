import { createHash } from 'node:crypto';

import type { Entry } from '../model/entry.ts';
import { inParallel } from '../model/in-parallel.ts';
import type { BuiltFile } from './built-folder.ts';
import { historyPath } from './history-path.ts';
import type { PlaceState } from './plan-publish.ts';
import { isNamedByHash } from './plan-publish.ts';
import type { StoredFile } from './store.ts';

/**
 * Stored files with the SHA-256 of their bytes, where it can be told without reading them: some places know only an MD5,
 * which is compared with that of the file that is to be there. What was there when the live index was put is what its
 * documents say, and is not looked at.
 */
export async function withHashes(
  stored: ReadonlyMap<string, StoredFile>,
  files: readonly BuiltFile[],
  { live, liveFiles, width }: Pick<PlaceState, 'live' | 'liveFiles'> & { readonly width: number },
): Promise<ReadonlyMap<string, StoredFile>> {
  const liveSince = live === undefined ? undefined : stored.get(historyPath(live.index, live.sha256))?.modifiedAt;
  const isUnknown = ({ entry, role }: BuiltFile): boolean => {
    const found = stored.get(entry.path);
    if (found === undefined || role === 'index' || isNamedByHash(entry)) return false;
    if (found.sha256 !== undefined || found.md5 === undefined || found.size !== entry.size) return false;
    const { modifiedAt } = found;
    const isSettled = modifiedAt !== undefined && liveSince !== undefined && modifiedAt < liveSince;
    return !(entry.cache === 'immutable' && isSettled && liveFiles.get(entry.path) === entry.sha256);
  };
  const known = await inParallel(files.filter(isUnknown), width, async ({ entry }) => {
    const found = stored.get(entry.path);
    return found?.md5 === (await md5Of(entry)) ? [{ ...found, path: entry.path, sha256: entry.sha256 }] : [];
  });
  return new Map([...stored, ...known.flat().map((file) => [file.path, file as StoredFile] as const)]);
}

/** A check that the bytes are the same, of what nobody else could have written there. */
async function md5Of(entry: Entry): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of entry.open()) hash.update(chunk);
  return hash.digest('hex');
}
