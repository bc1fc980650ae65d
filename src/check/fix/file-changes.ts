import type { PackFile, PackFiles } from '../../pack/pack.ts';

/** Files of a pack on their way to being repaired. */
export interface Draft {
  readonly files: PackFiles;
  /** Paths that are left out of releases as junk, and still lie there. */
  readonly junk: readonly string[];
}

/** One file as it is to be; without data it is to go. */
export interface FileChange {
  /** From the pack's directory. */
  readonly path: string;
  readonly data?: Buffer;
  readonly executable: boolean;
}

/** A draft with one file replaced or added. */
export function withFile(draft: Draft, file: PackFile): Draft {
  return { ...draft, files: new Map([...draft.files, [file.path, file]]) };
}

/** A draft without one file. */
export function withoutFile(draft: Draft, path: string): Draft {
  return {
    files: new Map([...draft.files].filter(([each]) => each !== path)),
    junk: draft.junk.filter((each) => each !== path),
  };
}

/** A draft with the text of one file changed. */
export function withText(draft: Draft, path: string, change: (text: string) => string): Draft {
  const file = draft.files.get(path);
  if (file === undefined) return draft;
  const text = file.data.toString('utf8');
  const changed = change(text);
  return changed === text ? draft : withFile(draft, { ...file, data: Buffer.from(changed) });
}

/** What must be done to files so that they become a draft; by path. */
export function changesBetween(before: Draft, after: Draft): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, file] of after.files) {
    const old = before.files.get(path);
    if (old === undefined || old.executable !== file.executable || !old.data.equals(file.data)) {
      changes.push({ path, data: file.data, executable: file.executable });
    }
  }
  const gone = [...before.files.keys(), ...before.junk].filter(
    (path) => !after.files.has(path) && !after.junk.includes(path),
  );
  for (const path of gone) changes.push({ path, executable: false });
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
