import { ArchiveProblem, shownPath } from './archive-problem.ts';

/** What a pack never holds, by the type in its header. */
const REFUSED: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
  '7': 'a contiguous file',
  A: 'an access control list',
  D: 'a list of a folder, of an incremental backup',
  E: 'an extended attribute',
  I: 'an inode without content',
  K: 'a long link name of GNU tar',
  L: 'a long name of GNU tar',
  M: 'the rest of a file from another volume',
  N: 'a list of names of an old GNU tar',
  S: 'a sparse file',
  V: 'the name of a volume',
  X: 'an extended header of Solaris',
};

/** Kinds of headers in an archive of a pack. */
export type EntryType = 'file' | 'folder' | 'extended';

/** What a header stands for. Throws for everything that a pack does not hold. */
export function entryType(type: string, path: string, link: string): EntryType {
  if (type === '0' || type === '\0') return 'file';
  if (type === '5') return 'folder';
  if (type === 'x') return 'extended';
  if (type === 'g') throw new ArchiveProblem('a global header in it changes the entries that follow');
  const what = Object.hasOwn(REFUSED, type) ? REFUSED[type] : `of the unknown type ${shownPath(type)}`;
  const target = type === '1' || type === '2' ? ` to ${shownPath(link)}` : '';
  throw new ArchiveProblem(`${shownPath(path)} is ${what}${target}, and a pack holds only files`);
}
