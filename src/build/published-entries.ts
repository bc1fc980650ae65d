import { LIMITS } from '../model/limits.ts';
import { withoutJunk } from '../pack/without-junk.ts';
import { listFiles, type PackFileEntry } from '../repo/pack-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';

/** What is published of a pack's tree, without reading it: junk may come and go. Nothing of a tree beyond the limits. */
export async function publishedEntries({ trees, objects }: Snapshot, tree: string): Promise<readonly PackFileEntry[]> {
  const listed = await listFiles(trees, tree, LIMITS.packFiles);
  const { kept } = await withoutJunk(objects, 'files' in listed ? listed.files : []);
  return kept;
}
