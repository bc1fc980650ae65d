import type { FileLink, ReleaseDocument } from '../../model/documents.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { archiveContent, MANIFEST, type ArchiveContent, type RefusedArchive } from './archive-content.ts';
import { archiveFindings, identityFindings } from './archive-findings.ts';
import { hashedFile } from './hashed-file.ts';
import { bytesOf } from './linked-document.ts';
import { logoFinding } from './logo-finding.ts';
import type { Verification } from './verification.ts';
import type { VerifyFinding } from './verify-finding.ts';

const LOGO_SHA256 = /^logos\/([0-9a-f]{64})-/u;

/** Logos by path, and whether they were verified already: packs and releases share them. */
export type Logos = Map<string, boolean>;

/** Reads every file that a release leads to, and adds what is wrong with them to the findings. */
export async function verifyRelease(
  verification: Verification,
  name: string,
  release: ReleaseDocument,
  logos: Logos,
  findings: VerifyFinding[],
): Promise<void> {
  const fresh = logosOf(release).filter((path) => logos.get(path) !== true);
  for (const path of fresh) logos.set(path, true);
  const tasks = [
    () => verifyArtifact(verification, name, release, findings),
    ...Object.entries(release.files).map(([file, link]) => async () => {
      const wanted = { name, version: release.version };
      findings.push(...(await copyFindings(verification, file, link, wanted)));
    }),
    ...fresh.map((path) => async () => void findings.push(...(await logoFindings(verification, path)))),
  ];
  await inParallel(tasks, verification.width, (task) => task());
}

/** Paths of all files of a release, logos among them. */
export function pathsOf(release: ReleaseDocument): string[] {
  return [release.artifact.path, ...Object.values(release.files).map(({ path }) => path), ...logosOf(release)];
}

export function logosOf({ logo, logoWebp }: ReleaseDocument): string[] {
  return [...new Set([...Object.values(logo), ...Object.values(logoWebp)])];
}

async function verifyArtifact(
  verification: Verification,
  name: string,
  release: ReleaseDocument,
  findings: VerifyFinding[],
): Promise<void> {
  const { path, sha256, size, contentSha256 } = release.artifact;
  const root = `${name}-${release.version}`;
  let content: ArchiveContent | RefusedArchive | undefined;
  const wrong = await hashedFile(verification, path, { sha256, size }, async (chunks) => {
    content = await archiveContent(chunks, { root, contentSha256, signal: verification.signal });
  });
  // What other bytes hold says nothing about those that were published.
  if (wrong !== undefined) findings.push(wrong);
  else if (content !== undefined) findings.push(...archiveFindings(name, release, content));
}

async function copyFindings(
  verification: Verification,
  file: string,
  { path, sha256, size }: FileLink,
  wanted: { readonly name: string; readonly version: string },
): Promise<VerifyFinding[]> {
  if (file !== MANIFEST) {
    const wrong = await hashedFile(verification, path, { sha256, size });
    return wrong === undefined ? [] : [wrong];
  }
  const { bytes, finding } = await bytesOf(verification, path, sha256, size);
  return bytes === undefined ? [finding].flatMap((one) => one ?? []) : identityFindings(bytes, wanted, path);
}

/** Enough for the size of a PNG or WebP. */
const LOGO_HEAD = 64;

async function logoFindings(verification: Verification, path: string): Promise<VerifyFinding[]> {
  const sha256 = LOGO_SHA256.exec(path)?.[1] ?? '';
  let head = Buffer.alloc(0);
  const wrong = await hashedFile(verification, path, { sha256 }, async (chunks) => {
    for await (const chunk of chunks)
      if (head.length < LOGO_HEAD) head = Buffer.concat([head, chunk.subarray(0, LOGO_HEAD)]);
  });
  const finding = wrong ?? logoFinding(path, head);
  return finding === undefined ? [] : [finding];
}
