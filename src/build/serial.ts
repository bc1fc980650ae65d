import { PackyardError } from '../errors.ts';
import type { IndexDocument } from '../model/documents.ts';
import type { Snapshot } from '../repo/snapshot.ts';

/**
 * The number of first-parent commits up to a snapshot's. A shallow clone does not have them all: there it is counted on
 * from what is published, and where that commit is not here either, it is one more.
 */
export async function serialOf(
  { repository, commit }: Snapshot,
  length: number,
  published: IndexDocument | undefined,
): Promise<number> {
  if (!repository.shallow || published === undefined) return length;
  const base = published.source.commit;
  if (base === commit.oid) return published.serial;
  const count = async (range: string): Promise<number> =>
    Number(await repository.git(['rev-list', '--count', '--first-parent', '--end-of-options', range, '--']));
  try {
    const [since, before] = [await count(`${base}..${commit.oid}`), await count(`${commit.oid}..${base}`)];
    return published.serial + since - before;
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'git-failed') throw error;
    // Which came first can only be told by the clock of who committed.
    const older = commit.committedAt < published.source.committedAt;
    return older ? published.serial - 1 : Math.max(length, published.serial + 1);
  }
}

/** Rejects going back: whoever asks for that says so. */
export function refuseRollback(
  serial: number,
  { commit }: Snapshot,
  published: IndexDocument | undefined,
  location: string,
): void {
  if (published === undefined || serial >= published.serial) return;
  throw new PackyardError({
    code: 'rollback',
    message: `Commit ${commit.oid.slice(0, 12)} has serial ${serial}, and ${location} has ${published.serial} already.`,
    hint: 'Build the newest commit; or, to go back on purpose, add --rollback.',
  });
}
