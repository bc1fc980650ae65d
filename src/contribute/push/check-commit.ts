import type { ReportedFinding } from '../../check/check-report.ts';
import { checkSource } from '../../build/check-source.ts';
import type { Cache } from '../../build/cache.ts';
import { openSource } from '../../build/open-source.ts';
import type { Repository } from '../../repo/repository.ts';
import { resolve } from 'node:path';

import { PackRefusedError } from './push-errors.ts';

export interface CheckedCommit {
  readonly repository: Repository;
  readonly base: string;
  readonly commit: string;
  /** What was put there, from the root of the registry. */
  readonly directories: readonly string[];
  readonly cache: Cache;
}

/**
 * Checks what a commit adds to a registry by the registry's own rules, and gives warnings and notes about that. Rejects
 * with `pack-refused` where there are errors, also elsewhere, if they were not there before.
 */
export async function checkCommit(checked: CheckedCommit): Promise<readonly ReportedFinding[]> {
  const { base, commit, directories } = checked;
  const findings = await findingsAt(checked, commit);
  const isOwn = ({ file }: ReportedFinding): boolean =>
    directories.some((directory) => `${file}/`.startsWith(`${directory}/`));
  const own = findings.filter(isOwn);
  const others = findings.filter((finding) => finding.severity === 'error' && !isOwn(finding));
  const before = others.length === 0 ? [] : await findingsAt(checked, base);
  const known = new Set(before.map(keyOf));
  const refused = [...own, ...others.filter((finding) => !known.has(keyOf(finding)))];
  if (refused.some(({ severity }) => severity === 'error')) throw new PackRefusedError(refused);
  return own;
}

async function findingsAt(
  { repository, base, cache }: CheckedCommit,
  revision: string,
): Promise<readonly ReportedFinding[]> {
  const source = await openSource(repository, revision, resolve('public'), cache);
  try {
    return (await checkSource(source, cache, { revision, since: base })).report.findings;
  } finally {
    await source.snapshot.close();
  }
}

function keyOf({ rule, file, args }: ReportedFinding): string {
  return JSON.stringify([rule, file, args]);
}
