import type { Finding } from '../model/finding.ts';
import { compareText } from '../model/compare-text.ts';

/** The order in which findings are shown: by file, then from top to bottom. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
    compareText(a.rule, b.rule)
  );
}
