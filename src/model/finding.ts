import type { FindingArgs, RuleId } from './rules.ts';

export type Severity = 'error' | 'warning' | 'hint';

/** A place in a text file; lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Column behind the last character, on the same line. */
  readonly endColumn: number;
  /** The source line, cut when it is long. */
  readonly source: string;
}

/** One thing that is wrong, as data. Its words are in `check/messages.ts`. */
export interface Finding<Rule extends RuleId = RuleId> {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Path from the root of the repository, with `/`. */
  readonly file: string;
  readonly place?: Place;
  readonly args: FindingArgs[Rule];
  /** Lines to show below the message, such as those of a diff. They hold what packs hold, and are escaped by whoever prints. */
  readonly detail?: readonly string[];
}

/** The same finding with its path below a directory. Findings about a pack are made without knowing where it lies. */
export function relocate(finding: Finding, directory: string): Finding {
  const file = finding.file === '' ? directory : `${directory}/${finding.file}`;
  return { ...finding, file: directory === '' ? finding.file : file };
}

export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
