import { rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { formatBaseline } from '../check/baseline.ts';
import { PackyardError, systemCode } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import { linkStats } from '../remote/link-stats.ts';
import { makeFolder } from '../remote/make-folder.ts';
import { moveNow } from '../remote/move.ts';

/**
 * Makes findings the known ones, in a file by its absolute path: whole or not at all, never through a symbolic link.
 * Rejects with `output-unwritable`.
 */
export function writeBaseline(path: string, findings: readonly Finding[]): void {
  const staged = `${path}.packyard.tmp`;
  try {
    if (linkStats(path)?.isSymbolicLink() === true) throw linkError(path);
    makeFolder(dirname(path));
    rmSync(staged, { force: true });
    writeFileSync(staged, formatBaseline(findings), { flag: 'wx' });
    moveNow(staged, path);
  } catch (error) {
    if (error instanceof PackyardError) throw error;
    if (linkStats(staged) !== undefined) rmSync(staged, { force: true });
    throw new PackyardError({
      code: 'output-unwritable',
      message: `The baseline ${path} cannot be written (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Look at the rights of the file and its folder, or name another one with --baseline.',
      cause: error,
    });
  }
}

function linkError(path: string): PackyardError {
  return new PackyardError({
    code: 'output-unwritable',
    message: `The baseline ${path} is a symbolic link, which is not followed.`,
    hint: 'Replace it with a file, or name another one with --baseline.',
  });
}
