import { compareText } from '../../model/compare-text.ts';
import type { PackFile, PackFiles } from '../../pack/pack.ts';

/** Files of a pack on their way to being repaired. */
export interface Draft {
  readonly files: PackFiles;
  /** Paths that are left out of releases as junk, and still lie there. */
  readonly junk: readonly string[];
}

/** One file as it is to be; with neither data nor a mode to set, it is to go. */
export interface FileChange {
  /** From the pack's directory. */
  readonly path: string;
  readonly kind: 'write' | 'mode' | 'remove';
  readonly executable: boolean;
  /** What is to be written. */
  readonly data?: Buffer;
  /** What was read, and must still be there; absent where nothing was. */
  readonly before?: Buffer;
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
  const changed = [...after.files.values()].flatMap((file) => changeOf(before.files.get(file.path), file));
  const left = new Set([...after.files.keys(), ...after.junk]);
  const gone = [...before.files.keys(), ...before.junk].filter((path) => !left.has(path));
  return [...changed, ...gone.map((path) => removal(path, before.files.get(path)))].toSorted((a, b) =>
    compareText(a.path, b.path),
  );
}

function changeOf(old: PackFile | undefined, { path, data, executable }: PackFile): FileChange[] {
  if (old === undefined) return [{ path, kind: 'write', data, executable }];
  if (!old.data.equals(data)) return [{ path, kind: 'write', data, executable, before: old.data }];
  return old.executable === executable ? [] : [{ path, kind: 'mode', executable }];
}

/** Nobody wants to know what junk holds. */
function removal(path: string, old: PackFile | undefined): FileChange {
  return { path, kind: 'remove', executable: false, ...(old !== undefined && { before: old.data }) };
}
