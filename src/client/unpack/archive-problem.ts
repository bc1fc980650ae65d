import { PackyardError } from '../../errors.ts';
import { oneLine } from '../../check/one-line.ts';

/** Why an archive is refused: a clause, without the name of the archive and without a full stop. */
export class ArchiveProblem extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'ArchiveProblem';
  }
}

/** The error for people; `root` is the folder that the archive should hold. */
export function archiveRefused(root: string, problem: ArchiveProblem): PackyardError<'archive-refused'> {
  return new PackyardError({
    code: 'archive-refused',
    message: `The archive of ${oneLine(root)} is refused: ${problem.message}.`,
    hint: 'Nothing of it was kept. Packyard builds no such archive: tell those who run the registry.',
    cause: problem.cause,
  });
}

const LONGEST_SHOWN = 120;

/** A path from an archive in quotes, on one line, with what a terminal would obey as escapes. */
export function shownPath(path: string): string {
  return oneLine(JSON.stringify(path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN - 1)}…` : path));
}
