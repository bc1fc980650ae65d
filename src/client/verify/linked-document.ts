import { PackyardError } from '../../errors.ts';
import type { DocumentLink } from '../../model/documents.ts';
import { LIMITS } from '../../model/limits.ts';
import { concatenated } from '../../remote/sha256.ts';
import type { RegistryDocument } from '../../remote/registry-documents.ts';
import { hashedFile } from './hashed-file.ts';
import type { Verification } from './verification.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/**
 * The document that a link leads to, and its stable copy, which must hold the same bytes; undefined where neither can be
 * used. What is wrong with either is added to the findings.
 */
export async function linkedDocument<Document>(
  verification: Verification,
  { path, sha256 }: DocumentLink,
  kind: RegistryDocument<Document>,
  findings: VerifyFinding[],
  copy?: string,
): Promise<Document | undefined> {
  const own = await bytesOf(verification, path, sha256);
  if (own.finding !== undefined) findings.push(own.finding);
  let { bytes } = own;
  if (copy !== undefined && copy !== path) {
    const other = await bytesOf(verification, copy, sha256);
    if (other.finding !== undefined) findings.push(copyFinding(other.finding, path));
    // It is as good as what it is a copy of, and lets the rest be verified.
    bytes ??= other.bytes;
  }
  return bytes === undefined ? undefined : parsedDocument(bytes, kind, path, findings);
}

/** Parses bytes that are at a path; what they lack is added to the findings. */
export async function parsedDocument<Document>(
  bytes: Uint8Array,
  kind: RegistryDocument<Document>,
  path: string,
  findings: VerifyFinding[],
): Promise<Document | undefined> {
  try {
    return await kind.parse(bytes, path);
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    const message = error.message.replace(`${path} `, '').replace(/[.]$/u, '');
    findings.push(verifyFinding('document', path, message));
    return undefined;
  }
}

/** A whole file of a few megabytes; its bytes only where they are what they must be. */
export async function bytesOf(
  verification: Verification,
  path: string,
  sha256: string,
  size?: number,
): Promise<{ readonly bytes?: Uint8Array; readonly finding?: VerifyFinding }> {
  const chunks: Uint8Array[] = [];
  const expected = { sha256, ...(size !== undefined && { size }), maxBytes: LIMITS.documents.bytes };
  const finding = await hashedFile(verification, path, expected, async (all) => {
    for await (const chunk of all) chunks.push(chunk);
  });
  return finding === undefined ? { bytes: concatenated(chunks) } : { finding };
}

function copyFinding(finding: VerifyFinding, path: string): VerifyFinding {
  if (finding.kind !== 'hash') return finding;
  const { expected = '', found = '' } = finding;
  const message = `is not the same as ${path}: its SHA-256 is ${found}`;
  return verifyFinding('stale-copy', finding.path, message, { expected, found });
}
