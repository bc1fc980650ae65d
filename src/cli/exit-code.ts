import type { ErrorCode } from '../errors.ts';

/** 0 done; 1 the answer is no; 2 could not run; 3 integrity or trust failure. */
export type ExitCode = 0 | 1 | 2 | 3;

const BY_ERROR: Readonly<Record<ErrorCode, ExitCode>> = {
  'git-missing': 2,
  'git-failed': 2,
  'no-repository': 2,
  'no-commit': 2,
  'no-work-tree': 2,
  'unknown-revision': 2,
  'repository-changed': 2,
  'config-invalid': 2,
  'baseline-invalid': 2,
  'unknown-rule': 2,
  'unknown-release': 1,
  'status-invalid': 2,
  'file-too-large': 2,
  'no-packs': 2,
  'too-many-directories': 2,
  'cache-corrupt': 3,
  'cache-unusable': 2,
  'output-foreign': 2,
  'output-busy': 2,
  'output-unwritable': 2,
  'no-space': 2,
  'registry-not-found': 2,
  'registry-denied': 2,
  'registry-unreachable': 2,
  'registry-untrusted': 3,
  'registry-invalid': 2,
  'registry-damaged': 3,
  'registry-changed': 2,
  'registry-offline': 2,
  'registry-unknown': 2,
  rollback: 1,
  'unknown-pack': 1,
  'no-version': 1,
  yanked: 1,
  'version-exists': 1,
  'branch-taken': 1,
  'pack-refused': 1,
  'local-changes': 1,
  'site-too-large': 1,
  'unknown-serial': 1,
  'archive-refused': 3,
  'chart-invalid': 2,
  'settings-invalid': 2,
  'project-invalid': 2,
  'lock-invalid': 2,
  'lock-outdated': 1,
  'credentials-unusable': 2,
  'address-unusable': 2,
  cancelled: 2,
  usage: 2,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return BY_ERROR[code];
}

export const EXIT_CODES = `Exit status:
  0  done
  1  the answer is no: findings, not found, a release that would change
  2  could not run: usage, environment, input or output
  3  integrity or trust failure`;
