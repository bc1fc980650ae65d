import type { Finding } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';

/** How many findings of one rule are shown: the file of an attacker could give a hundred thousand. */
const MOST = 50;

/** The first findings of a rule, and one that says that there are more; the rest is not even computed. */
export function* firstFindings(findings: Iterable<Finding>): Generator<Finding> {
  let count = 0;
  for (const finding of findings) {
    if (count === MOST) {
      yield findingOf(
        'pack/more-findings',
        finding.file,
        { limit: MOST, of: finding.rule },
        { severity: finding.severity },
      );
      return;
    }
    yield finding;
    count += 1;
  }
}
