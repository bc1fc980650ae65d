import { ArchiveProblem, shownPath } from './archive-problem.ts';

/** Bytes of an extended header: room for the longest path that there can be. */
export const LONGEST_EXTENSION = 4096;

const [BLANK, LINE_FEED, EQUALS] = [0x20, 0x0a, 0x3d];

/**
 * The path that an extended header sets, in bytes. It has records of the form `LENGTH KEY=VALUE`, each ending with a
 * line feed that its length counts. Throws where it is damaged, and where it sets anything else: a size or a link that
 * some readers heed and others do not would make two archives of one.
 * Source: POSIX.1-2017, pax, "pax Extended Header".
 */
export function paxPath(data: Buffer): Buffer {
  let path: Buffer | undefined;
  for (let at = 0; at < data.length;) {
    const { record, end } = recordAt(data, at);
    const equals = record.indexOf(EQUALS);
    if (equals === -1) throw damaged();
    const key = record.toString('utf8', 0, equals);
    if (key !== 'path') throw new ArchiveProblem(`an extended header in it sets ${shownPath(key)}, not only a path`);
    if (path !== undefined) throw new ArchiveProblem('an extended header in it sets two paths');
    path = record.subarray(equals + 1);
    if (path.includes(0)) throw new ArchiveProblem(`the path ${shownPath(path.toString('utf8'))} holds a zero byte`);
    at = end;
  }
  if (path === undefined) throw new ArchiveProblem('an extended header in it is empty');
  return path;
}

/** A record without its length, the blank behind that, and the line feed; and where it ends with them. */
function recordAt(data: Buffer, start: number): { readonly record: Buffer; readonly end: number } {
  const blank = data.indexOf(BLANK, start);
  const digits = blank === -1 ? '' : data.toString('latin1', start, Math.min(blank, start + 6));
  if (!/^[1-9]\d{0,4}$/u.test(digits)) throw damaged();
  const end = start + Number(digits);
  if (end > data.length || end <= blank + 1 || data[end - 1] !== LINE_FEED) throw damaged();
  return { record: data.subarray(blank + 1, end - 1), end };
}

function damaged(): ArchiveProblem {
  return new ArchiveProblem('an extended header in it is damaged');
}
