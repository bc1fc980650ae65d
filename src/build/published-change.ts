import { createHash } from 'node:crypto';

import { compareUtf8 } from '../model/compare-utf8.ts';
import type { PackFile, PackFiles } from '../pack/pack.ts';
import { changeLines, type ChangedFile } from './change-lines.ts';

/** What differs between the published content of a release and a new one. */
export interface PublishedChange {
  /** Ordered by the UTF-8 bytes of the paths. */
  readonly files: readonly FileChange[];
  /** The differences in a few lines for people, without those that hold a secret. They are what files hold, not escaped. */
  readonly lines: readonly string[];
}

/** A file that is not the same on both sides. */
export interface FileChange {
  readonly path: string;
  /** Absent for a file that was added. */
  readonly before?: FileState;
  /** Absent for a file that was removed. */
  readonly after?: FileState;
}

export interface FileState {
  /** Bytes. */
  readonly size: number;
  readonly executable: boolean;
  readonly sha256: string;
}

/** Compares two contents of a release. */
export function describeChange(before: PackFiles, after: PackFiles): PublishedChange {
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .toSorted(compareUtf8)
    .flatMap((path) => changedFile(path, before.get(path), after.get(path)));
  return { files: changed.map(({ change }) => change), lines: changeLines(changed) };
}

/** A change in a few words, such as `changed values.yaml`. */
export function changeText({ path, before, after }: FileChange): string {
  if (before === undefined) return `added ${path}`;
  if (after === undefined) return `removed ${path}`;
  return `${before.sha256 === after.sha256 ? 'changed the mode of' : 'changed'} ${path}`;
}

function changedFile(path: string, before: PackFile | undefined, after: PackFile | undefined): ChangedFile[] {
  if (before?.executable === after?.executable && before?.data.equals(after?.data ?? Buffer.of()) === true) return [];
  const change = {
    path,
    ...(before !== undefined && { before: fileState(before) }),
    ...(after !== undefined && { after: fileState(after) }),
  };
  return [{ change, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

function fileState({ executable, data }: PackFile): FileState {
  return { size: data.length, executable, sha256: createHash('sha256').update(data).digest('hex') };
}
