import type { ReportedFinding } from '../../check/check-report.ts';
import { PackyardError } from '../../errors.ts';

/** Packs that do not pass the check of the registry that they are for. */
export class PackRefusedError extends PackyardError<'pack-refused'> {
  readonly findings: readonly ReportedFinding[];

  constructor(findings: readonly ReportedFinding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    super({
      code: 'pack-refused',
      message: `The check of the registry found ${errors === 1 ? 'an error' : `${errors} errors`}. Nothing was pushed.`,
      hint: 'Mend what is found, and push again. `packyard explain RULE` says what a rule means.',
    });
    this.findings = findings;
  }
}

/** Paths that a message names. */
const SHOWN = 20;

/** What differs between two contents of one directory. */
export interface FileDifference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
}

/** The registry has this version with other content. */
export class ReleaseTakenError extends PackyardError<'version-exists'> {
  readonly differences: readonly FileDifference[];
  /** The version that is free. */
  readonly next: string;

  constructor(release: string, where: string, differences: readonly FileDifference[], next: string) {
    const marks = { added: '+', removed: '-', changed: '~' } as const;
    const lines = differences
      .slice(0, SHOWN)
      .map(({ path, kind }) => `\n  ${marks[kind]} ${JSON.stringify(path).slice(1, -1)}`);
    const more = differences.length > SHOWN ? `\n  and ${differences.length - SHOWN} more` : '';
    super({
      code: 'version-exists',
      message: `${release} is in the registry already, in ${where}, with other content:${lines.join('')}${more}`,
      hint: `What is there never changes. Give the pack its next free version: ${next}.`,
    });
    this.differences = differences;
    this.next = next;
  }
}
