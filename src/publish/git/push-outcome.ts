import type { GitResult } from './run-git.ts';

/** `unknown` where Git says neither that the branch was moved nor that somebody else moved it before. */
export type PushOutcome = 'done' | 'conflict' | 'unknown';

/** Where Git itself sees that the branch is not where it was. */
const MOVED = /\[rejected\] \((?:stale info|fetch first|non-fast-forward|needs force|already exists)\)/u;

/** Where the remote does, or where another push holds its lock. A hook or a rule of the remote is no race. */
const RACED =
  /\[remote rejected\] \((?:failed to (?:update|lock) ref|failed to update|cannot lock ref.*|incorrect old value provided|(?:reference )?already exists)\)/u;

/**
 * What `git push --porcelain` of one branch came to.
 * Source: https://git-scm.com/docs/git-push#_output
 */
export function pushOutcome({ status, stdout }: GitResult): PushOutcome {
  if (status === 0) return 'done';
  const line = stdout.split('\n').find((text) => text.startsWith('!')) ?? '';
  return MOVED.test(line) || RACED.test(line) ? 'conflict' : 'unknown';
}

const UNITS: Readonly<Record<string, number>> = { bytes: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Bytes of objects that a push sent, as its progress says them: rounded to three digits or so. */
export function bytesWritten(stderr: string): number {
  const { count, unit } =
    /Writing objects: 100% \(\d+\/\d+\), (?<count>[\d.]+) (?<unit>bytes|KiB|MiB|GiB)/u.exec(stderr)?.groups ?? {};
  return Math.round(Number(count ?? 0) * (UNITS[unit ?? 'bytes'] ?? 1));
}
