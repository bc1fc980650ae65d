import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import type { ReleaseDocument } from '../../model/documents.ts';
import type { ReleaseStatus } from '../../model/status.ts';
import { otherBytes } from '../../remote/file-failures.ts';
import { startSha256 } from '../../remote/sha256.ts';
import type { Registry } from '../registry.ts';
import { archiveContent, MANIFEST, type ArchiveContent } from './archive-content.ts';
import { identityOf, type Identity } from './archive-findings.ts';
import { archiveRoot } from './archive-root.ts';
import { released } from './released.ts';
import type { Verified } from './verification.ts';
import { hasErrors, sortedFindings, verifyFinding, type VerifyFinding } from './verify-finding.ts';

export interface VerifyArchiveOptions {
  /** The registry whose release it should be; without one only the archive itself is looked at. */
  readonly registry?: Registry;
  readonly signal?: AbortSignal;
}

export interface ArchiveVerification extends Verified {
  readonly kind: 'archive';
  /** The file. */
  readonly location: string;
  /** Of the registry that it was compared with; absent where it was not. */
  readonly registry?: string;
  /** As its `pack.json` says. */
  readonly name?: string;
  readonly version?: string;
  /** Absent for an active release. */
  readonly status?: ReleaseStatus;
  readonly sha256: string;
  readonly ok: boolean;
  readonly findings: readonly VerifyFinding[];
}

/**
 * Reads an archive without unpacking it: whether it is one of a pack, whole and without anything that Packyard would not
 * write; and, with a registry, whether it is what was published: by its bytes, or, where they were compressed otherwise,
 * by its content. Rejects with `usage` where it cannot be read, `unknown-pack` or `no-version` where the registry has no
 * such release, and as `Registry` does.
 */
export async function verifyArchive(file: string, options: VerifyArchiveOptions = {}): Promise<ArchiveVerification> {
  const { registry, signal } = options;
  const path = basename(file);
  const findings: VerifyFinding[] = [];
  const { sha256, size } = await hashed(file, signal);
  const root = (await archiveRoot(chunksOf(file, signal))) ?? path.replace(/\.(?:tar\.gz|tgz)$/u, '');
  const content = await archiveContent(chunksOf(file, signal), { root, signal });
  const sound = 'refused' in content ? undefined : content;
  if ('refused' in content)
    findings.push(verifyFinding('archive', path, `is no archive of a pack: ${content.refused}`));
  const identity = sound && identityFound(sound, root, path, findings);
  const compared = registry !== undefined && identity !== undefined ? await released(registry, identity) : undefined;
  if (compared !== undefined) findings.push(...(await comparison(file, compared, { root, sha256, size }, signal)));
  return {
    kind: 'archive',
    location: file,
    ...(registry !== undefined && compared !== undefined && { registry: registry.location }),
    ...identity,
    ...(compared?.status !== undefined && { status: compared.status }),
    sha256,
    ok: !hasErrors(findings),
    findings: sortedFindings(findings),
    files: sound?.files.size ?? 0,
    bytes: size,
  };
}

function identityFound(
  { manifest }: ArchiveContent,
  root: string,
  path: string,
  findings: VerifyFinding[],
): Identity | undefined {
  const found = manifest === undefined ? 'is not there' : identityOf(manifest);
  if (typeof found === 'string') {
    findings.push(verifyFinding('identity', path, found, { place: MANIFEST }));
    return undefined;
  }
  const wanted = `${found.name}-${found.version}`;
  if (wanted === root) return found;
  const message = `is of ${JSON.stringify(wanted)}, though the folder of the archive is ${JSON.stringify(root)}`;
  findings.push(verifyFinding('identity', path, message, { place: MANIFEST, expected: root, found: wanted }));
  return undefined;
}

async function comparison(
  file: string,
  { artifact }: ReleaseDocument,
  { root, sha256, size }: { readonly root: string; readonly sha256: string; readonly size: number },
  signal: AbortSignal | undefined,
): Promise<VerifyFinding[]> {
  const path = basename(file);
  const { contentSha256 } = artifact;
  const content = await archiveContent(chunksOf(file, signal), { root, contentSha256, signal });
  const wrong: VerifyFinding[] = [];
  if ('refused' in content) {
    const found = content.contentSha256 ?? '';
    const message = `holds another tar than was published: its SHA-256 is ${found}, not ${contentSha256}`;
    wrong.push(verifyFinding('content', path, message, { expected: contentSha256, found }));
  }
  if (sha256 === artifact.sha256 && size === artifact.size) return wrong;
  const parts = { expected: artifact.sha256, found: sha256 };
  if (wrong.length > 0) return [verifyFinding('hash', path, otherBytes(artifact.sha256, sha256), parts), ...wrong];
  return [verifyFinding('recompressed', path, 'holds what was published, compressed otherwise', parts)];
}

async function hashed(file: string, signal: AbortSignal | undefined): Promise<{ sha256: string; size: number }> {
  const hash = startSha256();
  let size = 0;
  for await (const chunk of chunksOf(file, signal)) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  return { sha256: await hash.hex(), size };
}

const CHUNK = 1_048_576;

async function* chunksOf(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const file = opened(path);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0));
  } catch (error) {
    throw unusable(`${path} cannot be read (${systemCode(error) ?? 'unknown error'})`, error);
  }
  const stats = fstatSync(file);
  if (stats.isFile() && stats.size <= LIMITS.publishedFileBytes) return file;
  closeSync(file);
  throw unusable(
    stats.isFile()
      ? `${path} is larger than the ${formatBytes(LIMITS.publishedFileBytes)} that an archive may have`
      : `${path} is not a file`,
  );
}

function unusable(what: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${what}.`,
    hint: 'Name the archive of a pack, as in nginx-1.3.1.tar.gz.',
    cause,
  });
}
