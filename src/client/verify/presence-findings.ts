import type { PackDocument } from '../../model/documents.ts';
import { FileProblem } from '../../remote/registry-files.ts';
import type { Verification } from './verification.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';
import { logosOf, type Logos } from './verify-release.ts';

/** Which files of a pack are not there, or have another size, without reading any; for directories. */
export async function presenceFindings(
  verification: Verification,
  { releases }: PackDocument,
  logos: Logos,
): Promise<VerifyFinding[]> {
  const findings: VerifyFinding[] = [];
  for (const release of releases) {
    for (const { path, size } of [release.artifact, ...Object.values(release.files)]) {
      findings.push(...(await presence(verification, path, size)));
    }
    for (const path of logosOf(release)) {
      if (logos.get(path) !== true) findings.push(...(await presence(verification, path)));
      logos.set(path, true);
    }
  }
  return findings;
}

async function presence(verification: Verification, path: string, size?: number): Promise<VerifyFinding[]> {
  try {
    const found = await verification.files.sizeOf(path);
    if (found === undefined) throw new FileProblem('missing', path);
    if (size === undefined || found === size) return [];
    const message = `has ${found} bytes, not the ${size} that were published`;
    return [verifyFinding('size', path, message, { expected: String(size), found: String(found) })];
  } catch (error) {
    return [await verification.problemOf(error, path, Number.POSITIVE_INFINITY)];
  }
}
