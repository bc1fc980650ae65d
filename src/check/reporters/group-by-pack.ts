import type { ReportedFinding } from '../check-report.ts';

export interface PackFindings {
  /** Absent for what is about the repository and not about one pack. */
  readonly directory?: string;
  readonly findings: readonly ReportedFinding[];
}

/** Findings by the directory of their pack, in the order in which the directories first come. */
export function groupByPack(findings: readonly ReportedFinding[]): PackFindings[] {
  const groups = new Map<string | undefined, ReportedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.directory);
    if (group === undefined) groups.set(finding.directory, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([directory, grouped]) => ({
    ...(directory !== undefined && { directory }),
    findings: grouped,
  }));
}

/** What a group is called: a pack may lie in the root of the repository. */
export function titleOf({ directory }: PackFindings): string {
  if (directory === undefined) return 'The repository';
  return directory === '' ? '.' : directory;
}
