import { compareText } from '../model/compare-text.ts';
import type { Landing } from './landing.ts';
import type { PackChange } from './pack-changes.ts';
import type { PackStay, PackStays } from './pack-stays.ts';

/** Makes stays of what commit after commit changed. */
export interface StayRecorder {
  /** Whether a directory is a pack after the last commit that was added. */
  readonly isPack: (directory: string) => boolean;
  /** Commits are added in ascending order, each with its number. */
  add(position: number, commit: Landing, changes: readonly PackChange[]): void;
  recorded(): Pick<PackStays, 'stays' | 'commits'>;
}

/** Continues what is known, which stays as it is. */
export function stayRecorder(known: PackStays | undefined): StayRecorder {
  const stays: PackStay[] = [...(known?.stays ?? [])];
  const commits = new Map(known?.commits);
  const open = new Map<string, number>();
  for (const [index, { directory, until }] of stays.entries()) if (until === undefined) open.set(directory, index);
  let previous =
    known === undefined ? undefined : { position: known.length - 1, commit: { commit: known.tip, at: known.at } };

  const close = (directory: string, until: number): void => {
    const index = open.get(directory);
    const stay = index === undefined ? undefined : stays[index];
    if (index === undefined || stay === undefined) return;
    stays[index] = { ...stay, until };
    open.delete(directory);
  };

  return {
    isPack: (directory) => open.has(directory),
    add(position, commit, changes) {
      const ordered = changes.toSorted((a, b) => compareText(a.directory, b.directory));
      if (ordered.length > 0) {
        if (previous !== undefined) commits.set(previous.position, previous.commit);
        commits.set(position, commit);
      }
      for (const { directory, tree } of ordered) {
        close(directory, position);
        if (tree === undefined) continue;
        open.set(directory, stays.length);
        stays.push({ directory, tree, from: position });
      }
      previous = { position, commit };
    },
    recorded: () => ({ stays, commits }),
  };
}
