import type { VerifyFinding } from '../../../src/client/verify/verify-finding.ts';

/** As `kind path place`, with names for what is called by its hash. */
export function brief(findings: readonly VerifyFinding[]): string[] {
  return findings.map(({ kind, path, place }) =>
    `${kind} ${path}${place === undefined ? '' : ` ${place}`}`.replace(/[0-9a-f]{64}/gu, '<sha256>'),
  );
}
