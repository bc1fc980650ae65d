import { firstFindings } from '../check/first-findings.ts';
import { isError, type Finding } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import { NOT_UTF8 } from '../model/portable-path.ts';
import type { SkippedDirectory } from '../repo/pack-directories.ts';

/**
 * What is said of what globs name in vain. A hundred thousand links are a line that says so; errors and warnings are counted apart, so that none hides
 * another.
 */
export function skippedFindings(skipped: readonly SkippedDirectory[]): Finding[] {
  const findings = skipped.map(skippedFinding);
  const [errors, others] = [findings.filter(isError), findings.filter((finding) => !isError(finding))];
  return [...firstFindings(errors), ...firstFindings(others)];
}

function skippedFinding(skipped: SkippedDirectory): Finding {
  const { kind, path } = skipped;
  switch (kind) {
    case 'nested':
      return findingOf('registry/nested-pack', `${path}/pack.json`, { directory: path, inside: skipped.inside });
    case 'case':
      return findingOf('registry/pack-file-case', `${path}/${skipped.found}`, { found: skipped.found });
    case 'unicode':
      return findingOf('file/not-portable', path, { path, reason: NOT_UTF8 });
    case 'symlink':
    case 'submodule': {
      const what = kind === 'symlink' ? 'a symbolic link' : 'a submodule';
      return findingOf('registry/not-a-directory', path, { path, what }, { severity: 'warning' });
    }
  }
}
