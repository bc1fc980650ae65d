import { loadLintPack } from '../check/lint-pack.ts';
import { openFindings } from '../check/open-findings.ts';
import type { Finding } from '../model/finding.ts';
import type { PackFile } from '../pack/pack.ts';
import { readPackFiles } from '../pack/read-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Turns } from './turns.ts';

/** Everything that the linter finds in the tree of one pack; files are relative to it. */
export async function lintTree(
  snapshot: Snapshot,
  tree: string,
  large: Turns,
  replaced: ReadonlyMap<string, Buffer>,
): Promise<{ readonly findings: readonly Finding[]; readonly suppressed: number }> {
  let giveBack: () => void = () => undefined;
  const alone = async (): Promise<void> => {
    giveBack = await large.take();
  };
  try {
    const read = await readPackFiles(snapshot.trees, snapshot.objects, tree, alone);
    const files = new Map(read.files);
    for (const [path, data] of replaced) files.set(path, fileOf(files.get(path), path, data));
    return await openFindings(await loadLintPack(files, read.findings, read.junk));
  } finally {
    giveBack();
  }
}

function fileOf(known: PackFile | undefined, path: string, data: Buffer): PackFile {
  return { path, executable: known?.executable ?? false, data };
}
